package io.drillyard.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

final class ReportFolderTest {
  @Test
  void allFilesAreThereAndNoTemporaryOneIsLeft(@TempDir Path folder) throws IOException {
    ReportFolder.write(folder, ForgedRun.evidence(), ForgedRun::events);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("evidence.json", "junit.xml", "drillyard.prom", "report.html");
    }
    // For a look at it in a browser: -Dforged.report=<folder>
    String look = System.getProperty("forged.report", "");
    if (!look.isEmpty()) {
      ReportFolder.write(Path.of(look), ForgedRun.evidence(), ForgedRun::events);
    }
  }

  @Test
  void junitCountsMissedAsFailureAndUndeterminedAsError(@TempDir Path folder) throws Exception {
    ReportFolder.write(folder, ForgedRun.evidence(), ForgedRun::events);
    Document xml;
    try (InputStream in = Files.newInputStream(folder.resolve("junit.xml"))) {
      xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
    }
    NodeList suites = xml.getElementsByTagName("testsuite");
    assertThat(suites.getLength()).isEqualTo(5);
    assertThat(attribute(suites, 0, "failures")).isEqualTo("0");
    assertThat(attribute(suites, 1, "errors")).isEqualTo("3");
    assertThat(attribute(suites, 2, "failures")).isEqualTo("1");
    assertThat(attribute(suites, 3, "name")).isEqualTo("FrozenPatroniAsync");
    assertThat(attribute(suites, 3, "failures")).as("a control that was caught").isEqualTo("0");
    assertThat(attribute(suites, 3, "skipped")).isEqualTo("3");
    assertThat(attribute(suites, 4, "errors")).as("interrupted is an error too").isEqualTo("2");
  }

  private static String attribute(NodeList suites, int i, String name) {
    return suites.item(i).getAttributes().getNamedItem(name).getNodeValue();
  }
}
