package catalogue.consensus;

import static io.drillyard.fault.Who.ETCD_MAJORITY;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.HostFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** With failsafe_mode a primary that all members answer goes on without etcd. */
public final class FailsafeKeepsServing implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "etcd loses its quorum under failsafe_mode",
            "All members answer the primary, so it goes on serving without etcd.")
        .in("onprem-failsafe")
        .judgedFor("inventory-tenancy", Disruption.CONSENSUS_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("quorum", new HostFault.PowerOff(ETCD_MAJORITY))
        .hold(Duration.ofSeconds(45))
        .heal("quorum")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
