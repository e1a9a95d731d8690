package catalogue.clock;

import static io.drillyard.fault.Who.REPLICA;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.ClockFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** A clock that runs fast on a standby. */
public final class StandbyClockDrifts implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "A standby's clock runs fast",
            "The wall clock of a standby runs at one and a half times its speed: nothing happens.")
        .in("onprem-clock")
        .judgedBeside("task-orchestration", Disruption.NODE_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("drift", new ClockFault.Drift(REPLICA, 1.5))
        .hold(Duration.ofSeconds(40))
        .heal("drift")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
