package io.drillyard.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The folders that runs leave behind. */
public final class RunFolders {
  private RunFolders() {}

  /**
   * The folders in a folder, by name; none when it is not there. Links are left out: the one to the
   * newest run would count that twice.
   */
  public static List<Path> in(Path folder) {
    List<Path> found = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return found;
    }
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(folder, p -> Files.isDirectory(p) && !Files.isSymbolicLink(p))) {
      all.forEach(found::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.sort(null);
    return found;
  }
}
