package io.drillyard.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.fault.act.Injector;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.FileLedger;
import io.drillyard.ledger.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnhealedFaultTest {
  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

  private final Path reports;

  UnhealedFaultTest(@TempDir Path reports) {
    this.reports = reports;
  }

  private Path killed(String run, boolean healed, Instant lastWritten) throws IOException {
    Path drill = Files.createDirectories(reports.resolve(run).resolve("drills/01-Some"));
    Path file = drill.resolve(DrillLauncher.LEDGER);
    try (FileLedger ledger = new FileLedger(Files.newOutputStream(file), 0)) {
      ledger.append(
          new Event.Action(
              Interval.instant(1), "harness", Injector.UNDO_RECORDED, "power", "power on pg1"));
      ledger.append(
          new Event.Action(
              Interval.instant(2), "harness", Injector.UNDO_RECORDED, "link", "link up"));
      if (healed) {
        ledger.append(new Event.Healed(new Interval(3, 4), "link"));
      }
    }
    Files.setLastModifiedTime(file, FileTime.from(lastWritten));
    return reports.resolve(run);
  }

  @Test
  void whatWasInForceWhenTheHarnessWasKilledIsNamed() throws IOException {
    killed("a", true, LONG_AGO);
    killed("b", false, LONG_AGO);
    assertThat(UnhealedFault.in(reports))
        .containsExactly(
            new UnhealedFault("a", "01-Some", "power", "power on pg1"),
            new UnhealedFault("b", "01-Some", "power", "power on pg1"),
            new UnhealedFault("b", "01-Some", "link", "link up"));
  }

  @Test
  void runsThatEndedOrGoOnHaveNone() throws IOException {
    Files.writeString(killed("ended", false, LONG_AGO).resolve("evidence.json"), "{}");
    killed("running", false, Instant.now());
    Files.createSymbolicLink(reports.resolve("latest"), killed("c", true, LONG_AGO));
    assertThat(UnhealedFault.in(reports)).extracting(UnhealedFault::run).containsExactly("c");
    assertThat(UnhealedFault.in(reports.resolve("none"))).isEmpty();
  }
}
