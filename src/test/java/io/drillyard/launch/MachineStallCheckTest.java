package io.drillyard.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only what nothing can be said of, on a machine that stood still, is played again. */
class MachineStallCheckTest {
  private static List<Event> stalled(long ms) {
    long ns = ms * 1_000_000;
    return List.of(
        new Event.Phase(Interval.instant(0), "steady"),
        new Event.Stalled(new Interval(1_000, 1_000 + ns), ns));
  }

  @Test
  void whatCouldNotBeDeterminedIsPlayedAgain() {
    assertThat(MachineStallCheck.disturbed("UNDETERMINED", stalled(957))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"MISSED", "MET", "CAUGHT", "NOT CAUGHT"})
  void whatWasDeterminedStands(String result) {
    assertThat(MachineStallCheck.disturbed(result, stalled(5_000))).isFalse();
  }

  @Test
  void aQuietMachineIsNoExcuse() {
    assertThat(MachineStallCheck.disturbed("UNDETERMINED", stalled(40))).isFalse();
    assertThat(MachineStallCheck.disturbed("UNDETERMINED", List.of())).isFalse();
  }
}
