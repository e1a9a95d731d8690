package io.drillyard.declaration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What stands in a folder, without reading any of it. */
final class YamlFiles {
  private YamlFiles() {}

  /** Names of the YAML files without their ending, sorted; none if the folder is not there. */
  static List<String> names(Path folder) {
    return endingIn(folder, ".yaml").stream()
        .map(f -> f.substring(0, f.length() - ".yaml".length()))
        .sorted()
        .toList();
  }

  /** File names with that ending, sorted. */
  static List<String> endingIn(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(f -> String.valueOf(f.getFileName()))
          .filter(f -> f.endsWith(ending) && !f.startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
