package io.drillyard.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Runs the command line in this process and keeps what it said. */
record Terminal(int exit, String out, String err) {
  /** Runs {@code drillyard ARGS}. */
  static Terminal drillyard(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream realOut = System.out;
    PrintStream realErr = System.err;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int exit = Main.commandLine().execute(args);
      return new Terminal(
          exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(realOut);
      System.setErr(realErr);
    }
  }

  /** Everything that was said. */
  String all() {
    return out + err;
  }

  /** A copy of the shipped declarations, with the first occurrence of a text replaced. */
  static Path declarations(Path folder, String file, String from, String to) {
    Path shipped = Path.of("environments");
    Path copy = folder.resolve("environments");
    try (Stream<Path> files = Files.walk(shipped)) {
      for (Path one : files.toList()) {
        Path there = copy.resolve(shipped.relativize(one).toString());
        if (Files.isDirectory(one)) {
          Files.createDirectories(there);
        } else {
          Files.copy(one, there);
        }
      }
      String text = Files.readString(copy.resolve(file));
      int at = text.indexOf(from);
      if (at < 0) {
        throw new AssertionError("'" + from + "' is not in " + file);
      }
      Files.writeString(
          copy.resolve(file), text.substring(0, at) + to + text.substring(at + from.length()));
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
