package io.drillyard.restore.launch;

import io.drillyard.evidence.RunFolders;
import io.drillyard.restore.report.RestoreJson;
import io.drillyard.restore.report.RestoreRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The restore tests on record in a folder of runs.
 *
 * @param runs in the order of their folders
 * @param unreadable files that should have been records
 */
public record RestoreRecords(List<RestoreRun> runs, List<Path> unreadable) {
  private static final String RECORD = "restore.json";

  /** All of them; none when there is no such folder. */
  public static RestoreRecords in(Path reports) {
    List<RestoreRun> runs = new ArrayList<>();
    List<Path> unreadable = new ArrayList<>();
    for (Path folder : RunFolders.in(reports)) {
      Path file = folder.resolve(RECORD);
      if (Files.isRegularFile(file)) {
        try {
          runs.add(RestoreJson.readRun(file));
        } catch (RuntimeException e) {
          unreadable.add(file);
        }
      }
    }
    return new RestoreRecords(List.copyOf(runs), List.copyOf(unreadable));
  }
}
