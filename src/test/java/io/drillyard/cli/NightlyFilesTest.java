package io.drillyard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What people copy into their timers is a command line that exists. */
class NightlyFilesTest {
  private static final Pattern LINE = Pattern.compile("bin/drillyard ([a-z].*)");

  @Test
  void everyLineIsUnderstood() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of("docs", "nightly"))) {
      files = all.filter(f -> !f.toString().endsWith(".md")).sorted().toList();
    }
    int lines = 0;
    for (Path file : files) {
      Matcher matcher = LINE.matcher(Files.readString(file));
      while (matcher.find()) {
        lines++;
        String words = matcher.group(1).strip();
        assertThatCode(() -> Main.commandLine().parseArgs(words.split(" +")))
            .as("%s: %s", file, words)
            .doesNotThrowAnyException();
      }
    }
    assertThat(lines).isGreaterThanOrEqualTo(5);
  }
}
