package catalogue.consensus;

import static io.drillyard.fault.Who.ETCD_MAJORITY;
import static io.drillyard.fault.Who.OTHER_REPLICA;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;
import static io.drillyard.scenario.step.Conditions.serviceStopped;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.HostFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** With failsafe_mode a primary that one member does not answer steps down. */
public final class FailsafeNeedsEveryMember implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "etcd loses its quorum and a member is gone, under failsafe_mode",
            "One member does not answer, so the primary may not go on without etcd: it stops, and comes back with the quorum.")
        .in("onprem-failsafe")
        .judgedFor("inventory-tenancy", Disruption.CONSENSUS_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("prepare-member", new HostFault.PowerOff(OTHER_REPLICA))
        .hold(Duration.ofSeconds(3))
        .inject("quorum", new HostFault.PowerOff(ETCD_MAJORITY))
        .await(serviceStopped(), Duration.ofSeconds(60))
        .hold(Duration.ofSeconds(5))
        .heal("quorum")
        .heal("prepare-member")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
