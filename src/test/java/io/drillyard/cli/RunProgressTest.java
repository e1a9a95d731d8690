package io.drillyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.WriteOutcome;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Status lines fit the terminal; without one there is not a single cursor code. */
class RunProgressTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String DRILL = "06-FrozenPatroniSplitsBrain";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final AtomicLong clock = new AtomicLong();

  private RunProgress progress(boolean terminal, int columns) {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new RunProgress(out, terminal, columns, () -> clock.addAndGet(SECOND));
  }

  private String said() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static Event.Write write(long number) {
    long at = number * SECOND / 100;
    return new Event.Write(
        Interval.instant(at),
        at,
        "routed@onprem",
        "onprem",
        null,
        number,
        WriteOutcome.ACKNOWLEDGED,
        "pg1",
        1,
        number,
        number,
        null,
        null);
  }

  private static void drill(RunProgress progress) {
    progress.started(DRILL);
    progress.saw(DRILL, new Event.Phase(Interval.instant(0), "steady"));
    progress.saw(DRILL, new Event.LeaderKey(Interval.instant(0), "onprem", "pg1", 1));
    for (int i = 1; i <= 250; i++) {
      progress.saw(DRILL, write(i));
    }
    progress.saw(
        DRILL,
        new Event.Injected(
            Interval.instant(3 * SECOND),
            "freeze",
            "freeze",
            "process",
            List.of("pg1"),
            "patroni on the primary is frozen (SIGSTOP)"));
    progress.saw(
        DRILL,
        new Event.Witnessed(Interval.instant(3 * SECOND), "freeze", true, true, "kernel", "T"));
    progress.saw(
        DRILL,
        new Event.Awaited(
            Interval.instant(9 * SECOND), "another member leads and commits", false, 1, "-", null));
    progress.saw(DRILL, new Event.Healed(Interval.instant(10 * SECOND), "freeze"));
    progress.ended(DRILL, "CAUGHT");
  }

  @Test
  void plainLinesWithoutATerminal() {
    drill(progress(false, 80));
    assertThat(said())
        .doesNotContain("\u001b", "\r")
        .contains(
            DRILL + ": started",
            "0.0 s: steady",
            "leader of onprem: pg1",
            "3.0 s: fault 'freeze': patroni on the primary is frozen",
            "9.0 s: NOT in time: another member leads and commits",
            "10.0 s: healed 'freeze'",
            DRILL + ": CAUGHT");
  }

  @Test
  void aStatusLineSaysPhaseRateLeaderAndFault() {
    drill(progress(true, 200));
    assertThat(said())
        .contains("steady", " 100 writes/s", "leader pg1", "fault freeze in force")
        .contains("   0 writes/s", "fault freeze healed")
        .contains("NOT in time: another member leads and commits");
  }

  @Test
  void noStatusLineIsWiderThanTheTerminal() {
    for (int columns : new int[] {1, 20, 80, 100}) {
      bytes.reset();
      drill(progress(true, columns));
      String drawn = said().replaceAll("\u001b\\[[0-9]*[A-Z]", "");
      drawn
          .lines()
          .filter(line -> line.startsWith(DRILL + " ") || line.endsWith("…"))
          .forEach(line -> assertThat(line.length()).isLessThanOrEqualTo(Math.max(1, columns - 1)));
    }
  }

  @Test
  void everyDrawnLineIsTakenBack() {
    drill(progress(true, 80));
    long drawn =
        said()
            .lines()
            .filter(l -> l.replaceAll("\u001b\\[[0-9]*[A-Z]", "").startsWith(DRILL + " "))
            .count();
    long erased = said().split("\u001b\\[1A", -1).length - 1L;
    assertThat(erased).isEqualTo(drawn);
  }
}
