package catalogue.clock;

import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.ClockFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** Leases are etcd's, not the wall clock's. */
public final class ClockJumpsForward implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The primary's clock jumps forward",
            "The wall clock of the primary jumps forward by ten minutes: the lease is kept by etcd, so nothing happens.")
        .in("onprem-clock")
        .judgedBeside("task-orchestration", Disruption.NODE_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("jump", new ClockFault.Jump(PRIMARY, Duration.ofMinutes(10)))
        .hold(Duration.ofSeconds(40))
        .heal("jump")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
