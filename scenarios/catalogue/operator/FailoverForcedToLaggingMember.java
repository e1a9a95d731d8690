package catalogue.operator;

import static io.drillyard.fault.Who.OTHER_REPLICA;
import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.newPrimary;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.NetworkFault;
import io.drillyard.fault.NetworkPlane;
import io.drillyard.fault.OperatorFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** An operator forces a failover to a member that lags. */
public final class FailoverForcedToLaggingMember implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "A failover is forced to a lagging member",
            "The member that an operator chooses lacks writes that were acknowledged: a planned change loses them, and that must be found.")
        .in("onprem-async")
        .judgedFor("task-orchestration", Disruption.PLANNED_MAINTENANCE)
        .knownUnsafe(
            "dataLoss", "a forced failover does not ask how far behind the chosen member is")
        .steadyFor(Duration.ofSeconds(10))
        .inject(
            "prepare-lag",
            NetworkFault.Cut.between(OTHER_REPLICA, PRIMARY).on(NetworkPlane.REPLICATION))
        .hold(Duration.ofSeconds(6))
        .inject("forced", new OperatorFault.ForcedFailover(OTHER_REPLICA))
        .await(newPrimary(), Duration.ofSeconds(90))
        .await(service(), Duration.ofSeconds(30))
        .hold(Duration.ofSeconds(3))
        .heal("prepare-lag")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
