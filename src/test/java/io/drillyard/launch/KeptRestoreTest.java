package io.drillyard.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Verdict;
import io.drillyard.check.backup.RestoreRungResult;
import io.drillyard.check.backup.Rung;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.RestoreTest;
import io.drillyard.register.ProofStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real run of restore tests as it was kept before they stood in evidence ({@code restore.json} of
 * format 2): it is read, judged again and counted, and what is falsified in it is noticed.
 */
class KeptRestoreTest {
  private static final Path KEPT = Path.of("src", "test", "resources", "kept-restore-2");

  private final Path run;

  KeptRestoreTest(@TempDir Path folder) {
    this.run = folder.resolve("20261129T174025Z-c36c");
  }

  @BeforeEach
  void unpacked() throws IOException {
    try (Stream<Path> files = Files.walk(KEPT)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = run.resolve(KEPT.relativize(file).toString());
        Files.createDirectories(to.getParent());
        String name = to.toString();
        if (name.endsWith(".ndjson.gz")) {
          try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            Files.copy(in, Path.of(name.substring(0, name.length() - 3)));
          }
        } else {
          Files.copy(file, to);
        }
      }
    }
  }

  private List<String> differences() {
    StoredRunRecord stored = StoredRunRecord.read(run);
    return stored.differences(stored.judgedAgain());
  }

  private void edit(String from, String to) {
    Path record = run.resolve("restore.json");
    try {
      String text = Files.readString(record);
      assertThat(text).contains(from);
      Files.writeString(record, text.replace(from, to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void itIsJudgedAgainByTodaysRules() {
    StoredRunRecord stored = StoredRunRecord.read(run);
    Evidence again = stored.judgedAgain();

    assertThat(stored.differences(again)).isEmpty();
    assertThat(stored.earlierRules(again)).isEmpty();
    assertThat(again.verdict()).isEqualTo(Verdict.MET);
    assertThat(ExitCode.of(again)).isEqualTo(ExitCode.MET);
    assertThat(again.plainTests()).hasSize(1);
    RestoreTest control = again.testControls().getFirst();
    assertThat(control.result()).isEqualTo("CAUGHT");
    RestoreRungResult continuity = Objects.requireNonNull(control.rung(Rung.CONTINUITY));
    assertThat(continuity.finding().summary()).isNotEmpty();
  }

  @Test
  void itStillCounts() {
    RestoreRecords records = RestoreRecords.in(run.resolveSibling("."));
    assertThat(records.refused()).isEmpty();
    ProofStatus standing =
        ProofStatus.of(
            "nightly",
            records.runs(),
            Duration.ofDays(1),
            Instant.parse(StoredRunRecord.read(run).evidence().finished()).plusSeconds(60));
    assertThat(standing.verdict()).isEqualTo(Verdict.MET);
  }

  @Test
  void aReportIsWrittenFromIt() throws IOException {
    StoredRunRecord stored = StoredRunRecord.read(run);
    Path report = stored.writeReport(stored.judgedAgain());
    assertThat(Files.readString(report)).contains("The backup is proven", "Repository faults");
    assertThat(run.resolve("evidence.json")).doesNotExist();
  }

  @Test
  void whatIsFalsifiedIsNoticed() {
    edit("\"verdict\" : \"MET\"", "\"verdict\" : \"MISSED\"");
    assertThat(differences())
        .anySatisfy(d -> assertThat(d).contains("the verdict is 'MISSED' in the record"));
  }

  @Test
  void anEndLongAfterwardsIsNoticed() {
    edit("\"finished\" : \"2026-11-29", "\"finished\" : \"2026-12-29");
    assertThat(differences()).anySatisfy(d -> assertThat(d).contains("its end is 2026-12-29"));
  }
}
