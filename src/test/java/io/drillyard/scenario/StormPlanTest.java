package io.drillyard.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.declaration.Disruption;
import io.drillyard.scenario.step.EndStorm;
import io.drillyard.scenario.step.HealStormFault;
import io.drillyard.scenario.step.InjectStormFault;
import io.drillyard.scenario.step.Step;
import io.drillyard.storm.ScheduledFault;
import io.drillyard.storm.StormFaults;
import io.drillyard.storm.StormSchedule;
import io.drillyard.storm.StormScheduleText;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A schedule becomes a plan in which everything that is held is healed, in time's order. */
class StormPlanTest {
  private static ScheduledFault entry(int number, long at, long length, String name) {
    return new ScheduledFault(number, at, length, StormFaults.named(name).orElseThrow());
  }

  @Test
  void beginningsAndHealsStandInTheOrderOfTheirTimes() {
    StormSchedule schedule =
        new StormSchedule(
            1,
            List.of(
                entry(1, 0, 20_000, "freeze-patroni"),
                entry(2, 5_000, 5_000, "kill-backend"),
                entry(3, 12_000, 8_000, "kill-haproxy"),
                entry(4, 20_000, 6_000, "kill-haproxy")));
    Drill drill = StormPlan.of(new StormScheduleText("onprem-sync", "inventory-tenancy", schedule));
    assertThat(drill.disruption()).isEqualTo(Disruption.STORM);
    assertThat(
            drill.steps().stream()
                .filter(
                    s ->
                        s instanceof InjectStormFault
                            || s instanceof HealStormFault
                            || s instanceof EndStorm)
                .map(StormPlanTest::name))
        .containsExactly("+s1", "+s2", "+s3", "-s1", "-s3", "+s4", "-s4", "calm");
  }

  private static String name(Step step) {
    return switch (step) {
      case InjectStormFault strike -> "+" + strike.name();
      case HealStormFault lift -> "-" + lift.name();
      default -> "calm";
    };
  }
}
