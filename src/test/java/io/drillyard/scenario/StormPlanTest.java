package io.drillyard.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.scenario.step.Calm;
import io.drillyard.scenario.step.Lift;
import io.drillyard.scenario.step.Step;
import io.drillyard.scenario.step.Strike;
import io.drillyard.storm.Entry;
import io.drillyard.storm.Menu;
import io.drillyard.storm.Schedule;
import io.drillyard.storm.ScheduleText;
import io.drillyard.target.Disruption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A schedule becomes a plan in which everything that is held is healed, in time's order. */
class StormPlanTest {
  private static Entry entry(int number, long at, long length, String name) {
    return new Entry(number, at, length, Menu.named(name).orElseThrow());
  }

  @Test
  void beginningsAndHealsStandInTheOrderOfTheirTimes() {
    Schedule schedule =
        new Schedule(
            1,
            List.of(
                entry(1, 0, 20_000, "freeze-patroni"),
                entry(2, 5_000, 5_000, "kill-backend"),
                entry(3, 12_000, 8_000, "kill-haproxy"),
                entry(4, 20_000, 6_000, "kill-haproxy")));
    Drill drill = StormPlan.of(new ScheduleText("onprem-sync", "inventory-tenancy", schedule));
    assertThat(drill.disruption()).isEqualTo(Disruption.STORM);
    assertThat(
            drill.steps().stream()
                .filter(s -> s instanceof Strike || s instanceof Lift || s instanceof Calm)
                .map(StormPlanTest::name))
        .containsExactly("+s1", "+s2", "+s3", "-s1", "-s3", "+s4", "-s4", "calm");
  }

  private static String name(Step step) {
    return switch (step) {
      case Strike strike -> "+" + strike.name();
      case Lift lift -> "-" + lift.name();
      default -> "calm";
    };
  }
}
