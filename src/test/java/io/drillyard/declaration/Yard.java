package io.drillyard.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the shipped declarations that a test may break in one place. */
final class Yard {
  private final Path folder;

  private Yard(Path folder) {
    this.folder = folder;
  }

  /** Copies the shipped files. */
  static Yard copiedTo(Path folder) {
    Path shipped = Path.of("environments");
    try (Stream<Path> files = Files.walk(shipped)) {
      for (Path file : files.toList()) {
        Path to = folder.resolve(shipped.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Yard(folder);
  }

  /** Replaces the first occurrence, which must be there. */
  Yard replace(String file, String from, String to) {
    String text = read(file);
    int at = text.indexOf(from);
    assertThat(at).describedAs("'%s' in %s", from, file).isNotNegative();
    return write(file, text.substring(0, at) + to + text.substring(at + from.length()));
  }

  Yard write(String file, String text) {
    try {
      Files.writeString(folder.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** The line, from 1, of the first occurrence. */
  int line(String file, String of) {
    List<String> lines = read(file).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(of)) {
        return i + 1;
      }
    }
    throw new AssertionError("'" + of + "' is not in " + file);
  }

  Declarations lenient() {
    return Declarations.load(folder);
  }

  Declarations strict() {
    return Declarations.load(folder, true);
  }

  String path(String file) {
    return folder.resolve(file).toString();
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
