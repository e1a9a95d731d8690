package catalogue.clock;

import static io.drillyard.fault.Who.ETCD;
import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.fault.Who.REPLICAS;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.newPrimary;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.fault.ClockFault;
import io.drillyard.fault.NetworkFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import io.drillyard.target.Disruption;
import java.time.Duration;

/** A clock that goes back must not keep a primary without a lease alive. */
public final class ClockJumpsBack implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The primary's clock jumps back while it is cut off",
            "The wall clock of the primary jumps back while it is cut off from etcd: it must stop all the same,"
                + " before another member is promoted.")
        .in("onprem-clock")
        .judgedFor("task-orchestration", Disruption.PARTITION)
        .steadyFor(Duration.ofSeconds(10))
        .inject("cut", NetworkFault.Cut.between(PRIMARY, ETCD, REPLICAS))
        .hold(Duration.ofSeconds(2))
        .inject("prepare-jump", new ClockFault.Jump(PRIMARY, Duration.ofMinutes(-10)))
        .await(newPrimary(), Duration.ofSeconds(90))
        .await(service(), Duration.ofSeconds(30))
        .hold(Duration.ofSeconds(10))
        .heal("prepare-jump")
        .heal("cut")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
