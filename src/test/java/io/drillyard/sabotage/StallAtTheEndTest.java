package io.drillyard.sabotage;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Finding;
import io.drillyard.check.Finding.Measured;
import io.drillyard.check.Verdict;
import io.drillyard.declaration.Disruption;
import io.drillyard.declaration.FailoverMode;
import io.drillyard.declaration.Objective;
import io.drillyard.declaration.Rpo;
import io.drillyard.declaration.Target;
import io.drillyard.launch.DrillJudging;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.LedgerReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real drill on a busy machine: the site is gone at 39.95 s, routed writes are acknowledged again
 * at 50.65 s, and as the load is told to end the harness stalls itself for 957 ms.
 */
@Tag("sabotage")
final class StallAtTheEndTest {
  private static final Path KEPT =
      Path.of("src", "test", "resources", "kept", "StallAtTheEnd.ndjson.gz");

  private static Target target(long rtoSeconds) {
    return new Target(
        "task-orchestration",
        new Objective(
            Disruption.SITE_LOSS,
            FailoverMode.OPERATOR_APPROVED,
            Duration.ofSeconds(rtoSeconds),
            new Rpo.Time(Duration.ofMinutes(1)),
            Duration.ofMinutes(5),
            true),
        Duration.ofMillis(500),
        100,
        0.9,
        Duration.ofSeconds(8),
        false,
        null,
        "cloud");
  }

  private static List<Event> events(Path folder) throws IOException {
    Path file = folder.resolve("ledger.ndjson");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(KEPT))) {
      Files.copy(in, file);
    }
    return LedgerReader.read(file);
  }

  @Test
  void theHarnesssOwnStallIsNoOutage(@TempDir Path folder) throws IOException {
    List<Event> events = events(folder);
    for (Finding finding : DrillJudging.findings(events, target(300))) {
      assertThat(finding.verdict())
          .as(finding.check() + ": " + finding.summary())
          .isEqualTo(Verdict.MET);
      if (finding.check().equals("recoveryTime")) {
        Measured rto = Objects.requireNonNull(finding.measured());
        assertThat(rto.lower()).isBetween(10_000.0, 10_700.0);
        assertThat(rto.upper()).isBetween(10_700.0, 10_800.0);
      }
    }
  }

  @Test
  void itIsMetForAnRtoThatItKeptAndMissedForOneThatItDidNot(@TempDir Path folder)
      throws IOException {
    List<Event> events = events(folder);
    events =
        Edits.without(
            events, e -> e instanceof Event.Note n && n.text().startsWith("declared target"));
    for (long rto : new long[] {11, 20, 30}) {
      assertThat(recoveryTime(events, rto)).isEqualTo(Verdict.MET);
    }
    assertThat(recoveryTime(events, 10)).isEqualTo(Verdict.MISSED);
  }

  private static Verdict recoveryTime(List<Event> events, long rtoSeconds) {
    return DrillJudging.findings(events, target(rtoSeconds)).stream()
        .filter(f -> f.check().equals("recoveryTime"))
        .findFirst()
        .orElseThrow()
        .verdict();
  }
}
