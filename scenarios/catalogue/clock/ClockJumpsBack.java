package catalogue.clock;

import static io.drillyard.fault.Who.ETCD;
import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.fault.Who.REPLICAS;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.newPrimary;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.ClockFault;
import io.drillyard.fault.NetworkFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/**
 * A wall clock that goes back keeps a primary without a lease alive: Patroni reckons its lease by
 * it.
 */
public final class ClockJumpsBack implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The primary's clock jumps back while it is cut off",
            "The wall clock of the primary jumps back while it is cut off. Patroni reckons its lease and its waits by that clock,"
                + " so it neither steps down nor says that it is no primary, while another member is promoted: the drill must find both.")
        .in("onprem-clock")
        .judgedFor("task-orchestration", Disruption.PARTITION)
        .knownUnsafe("noSplitBrain", "Patroni 4.0 takes the end of its lease from the wall clock")
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
