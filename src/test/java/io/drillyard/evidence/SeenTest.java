package io.drillyard.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.evidence.picture.EventsByKind;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class SeenTest {
  private static Event.Injected fault(String name, long at) {
    return new Event.Injected(new Interval(at, at + 5), name, "cut", "network", List.of(), "");
  }

  @Test
  void secondsCountFromTheFaultThatIsJudged() {
    EventsByKind seen =
        new EventsByKind(
            List.of(
                fault("prepare-lag", 100),
                fault("power", 300),
                new Event.Healed(Interval.instant(500), "prepare-lag"),
                new Event.Healed(Interval.instant(600), "power")));
    assertThat(seen.zeroNs()).isEqualTo(300);
    assertThat(seen.zeroEndNs()).isEqualTo(305);
    assertThat(Objects.requireNonNull(seen.healed()).at().startNs()).isEqualTo(600);
  }

  @Test
  void aPreparationAloneIsBetterThanNothing() {
    assertThat(new EventsByKind(List.of(fault("prepare-lag", 100))).zeroNs()).isEqualTo(100);
  }
}
