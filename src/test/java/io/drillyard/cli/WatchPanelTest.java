package io.drillyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.WriteOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WatchPanelTest {
  private static final long SECOND = 1_000_000_000L;
  private final WatchPanel panel = new WatchPanel("01-Drill");

  private static Interval at(double seconds) {
    return Interval.instant((long) (seconds * SECOND));
  }

  private void write(double second, WriteOutcome outcome) {
    long ns = (long) (second * SECOND);
    panel.saw(
        new Event.Write(
            new Interval(ns, ns + 2_000_000),
            ns,
            "routed@onprem",
            "onprem",
            null,
            1,
            outcome,
            "pg1",
            1,
            1,
            1,
            null,
            null));
  }

  private void load(int from, int to) {
    for (int s = from; s < to; s++) {
      for (int i = 0; i < 50; i++) {
        write(s + i / 50.0, WriteOutcome.ACKNOWLEDGED);
      }
    }
  }

  private String shown() {
    return String.join("\n", panel.lines(200));
  }

  @Test
  void showsLoadLeaderMembersAndFaults() {
    load(0, 5);
    panel.saw(new Event.LeaderKey(at(1), "onprem", "pg1", 3));
    panel.saw(
        new Event.Probed(at(5), "pg1", Event.ProbeResult.COMMITTED, false, 2, 0x5000148L, 0, null));
    panel.saw(
        new Event.Injected(at(5.5), "power", "power-off", "host", List.of("pg1"), "pg1 is off"));
    panel.saw(new Event.Witnessed(at(5.6), "power", true, true, "kernel", "off"));
    assertThat(shown())
        .contains("routed     50/s", "p50 2.0 ms", "pg1 holds the key of onprem since 1.0 s")
        .contains("pg1      commits     timeline 2   0/5000148")
        .contains("fault    power: in force (pg1 is off)");
  }

  @Test
  void secondsWithoutServiceShowAsSuch() {
    load(0, 5);
    panel.saw(new Event.Phase(at(12), "fault"));
    write(12, WriteOutcome.REFUSED);
    assertThat(shown()).contains("routed      0/s", "last acknowledged 7.0 s ago", "refused 1");
  }

  @Test
  void aFaultThatDoesNotHoldIsNeverCalledInForce() {
    panel.saw(new Event.Injected(at(1), "cut", "cut", "network", List.of("pg1"), "cut off"));
    panel.saw(new Event.Witnessed(at(2), "cut", true, false, "packets", "answered"));
    assertThat(shown()).contains("cut: NOT in force");
    panel.saw(new Event.Healed(at(3), "cut"));
    assertThat(shown()).contains("cut: healed at 3.0 s");
  }

  @Test
  void aMemberThatNobodyLooksAtAnyMoreIsSaidSo() {
    panel.saw(new Event.Probed(at(1), "pg1", Event.ProbeResult.COMMITTED, false, 1, 1, 0, null));
    panel.saw(new Event.Phase(at(9), "fault"));
    assertThat(shown()).contains("(not looked at for 8 s)");
  }

  @Test
  void noLineIsLongerThanTheTerminal() {
    panel.saw(new Event.Injected(at(1), "cut", "cut", "network", List.of("pg1"), "x".repeat(300)));
    assertThat(panel.lines(80)).allMatch(line -> line.length() < 80);
  }

  @Test
  void endsWithItsLedger() {
    assertThat(panel.ended()).isFalse();
    panel.saw(new Event.Closed(at(9), "complete", null));
    assertThat(panel.ended()).isTrue();
    assertThat(shown()).contains("ended: complete");
  }
}
