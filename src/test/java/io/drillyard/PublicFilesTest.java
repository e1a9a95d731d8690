package io.drillyard;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.HarnessVersion;
import io.drillyard.ledger.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a stranger looks for first is there, true, and the same in the jar. */
final class PublicFilesTest {
  private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

  private static String text(String file) throws IOException {
    return Files.readString(Path.of(file));
  }

  /** Of what the jar is made of; on the class path others have files of these names, too. */
  private static String inJar(String file) throws IOException {
    return Files.readString(Path.of("target", "classes", "META-INF", file));
  }

  /** Of this project: the first one that the pom names. */
  private static String version() throws IOException {
    Matcher version = VERSION.matcher(text("pom.xml"));
    assertThat(version.find()).isTrue();
    return version.group(1);
  }

  @Test
  void theLicenceIsTheWholeText() throws IOException {
    assertThat(Sha256.of(text("LICENSE").getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30");
    assertThat(inJar("LICENSE")).isEqualTo(text("LICENSE"));
    assertThat(text("pom.xml")).contains("<name>Apache-2.0</name>");
  }

  @Test
  void theNoticeIsWhatTheBuildMade() throws IOException {
    assertThat(text("NOTICE"))
        .as("NOTICE is not of the libraries that were resolved. Remedy: make notice")
        .isEqualTo(inJar("NOTICE"));
  }

  @Test
  void theNoticeNamesEveryLibraryAndNoOther() throws IOException {
    List<String> libraries;
    try (Stream<Path> files = Files.list(Path.of("target", "lib"))) {
      libraries = files.map(f -> f.getFileName().toString()).toList();
    }
    assertThat(libraries).hasSizeGreaterThan(50);
    assertThat(
            inJar("NOTICE")
                .lines()
                .filter(l -> l.matches(" {2}\\S+\\.jar \\(.*"))
                .map(l -> l.strip()))
        .extracting(l -> l.substring(0, l.indexOf(' ')))
        .as("what NOTICE names, and target/lib, which may hold older ones. Remedy: make clean")
        .containsExactlyInAnyOrderElementsOf(libraries);
  }

  @Test
  void theVersionStandsInOnePlace() throws IOException {
    assertThat(HarnessVersion.ofBuild().version()).isEqualTo(version());
    List<Path> files;
    try (Stream<Path> java = Files.walk(Path.of("src/main/java"));
        Stream<Path> scripts = Files.list(Path.of("src/setup"))) {
      files =
          Stream.of(java, scripts, Stream.of(Path.of("bin/drillyard"), Path.of("Makefile")))
              .flatMap(f -> f)
              .filter(Files::isRegularFile)
              .toList();
    }
    assertThat(files).hasSizeGreaterThan(300);
    for (Path file : files) {
      assertThat(Files.readString(file)).as("%s", file).doesNotContain(version());
    }
  }

  @Test
  void changesAreListedFromTheNewest() throws IOException {
    List<String> versions = text("CHANGELOG.md").lines().filter(l -> l.startsWith("## ")).toList();
    assertThat(versions.getFirst()).isEqualTo("## [Unreleased]");
    assertThat(versions.subList(1, versions.size()))
        .allSatisfy(
            v -> assertThat(v).matches("## \\[\\d+\\.\\d+\\.\\d+\\] - \\d{4}-\\d\\d-\\d\\d"));
  }

  @Test
  void theReadmeLeadsToThem() throws IOException {
    assertThat(text("README.md"))
        .contains("(LICENSE)", "(NOTICE)", "(SECURITY.md)", "(CHANGELOG.md)", "(CONTRIBUTING.md)");
  }

  @Test
  void theirLinksLeadSomewhere() throws IOException {
    for (String page : List.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")) {
      LINK.matcher(text(page))
          .results()
          .map(m -> m.group(1))
          .forEach(target -> assertThat(Path.of(target)).as("%s: %s", page, target).exists());
    }
  }

  @Test
  void securityNamesNoAddressOfAnybody() throws IOException {
    assertThat(text("SECURITY.md")).doesNotContainPattern("\\S+@\\S+\\.\\S+").contains("private");
  }
}
