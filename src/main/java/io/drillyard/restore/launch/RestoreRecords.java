package io.drillyard.restore.launch;

import io.drillyard.restore.report.RestoreJson;
import io.drillyard.restore.report.RestoreRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
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
    for (Path folder : folders(reports)) {
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

  /** Without the link to the newest, which would count one run twice. */
  private static List<Path> folders(Path reports) {
    if (!Files.isDirectory(reports)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(reports, p -> Files.isDirectory(p) && !Files.isSymbolicLink(p))) {
      all.forEach(found::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.sort(null);
    return found;
  }
}
