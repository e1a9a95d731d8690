package io.drillyard.restore.launch;

import io.drillyard.evidence.RunFolders;
import io.drillyard.restore.report.PurgeRecord;
import io.drillyard.restore.report.RestoreJson;
import io.drillyard.restore.report.RestoreRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The restore tests and the purges on record in a folder of runs.
 *
 * @param runs in the order of their folders
 * @param purges likewise
 * @param unreadable files that should have been records
 */
public record RestoreRecords(
    List<RestoreRun> runs, List<PurgeRecord> purges, List<Path> unreadable) {
  private static final String RECORD = "restore.json";

  /** All of them; none when there is no such folder. */
  public static RestoreRecords in(Path reports) {
    List<RestoreRun> runs = new ArrayList<>();
    List<PurgeRecord> purges = new ArrayList<>();
    List<Path> unreadable = new ArrayList<>();
    for (Path folder : RunFolders.in(reports)) {
      read(folder.resolve(RECORD), RestoreJson::readRun, runs, unreadable);
      read(folder.resolve(PurgeLauncher.RECORD), RestoreJson::readPurge, purges, unreadable);
    }
    return new RestoreRecords(List.copyOf(runs), List.copyOf(purges), List.copyOf(unreadable));
  }

  private static <T> void read(
      Path file, Function<Path, T> reader, List<T> records, List<Path> unreadable) {
    if (Files.isRegularFile(file)) {
      try {
        records.add(reader.apply(file));
      } catch (RuntimeException e) {
        unreadable.add(file);
      }
    }
  }
}
