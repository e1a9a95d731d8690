package catalogue.operator;

import static io.drillyard.fault.Who.OTHER_REPLICA;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.OperatorFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** A second cluster of the same scope must not join. */
public final class SecondClusterOfSameScope implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "A second cluster of the same scope is started",
            "Somebody starts a new database under the same scope and etcd: Patroni refuses it, and clients notice nothing.")
        .in("onprem-sync")
        .judgedBeside("inventory-tenancy", Disruption.PLANNED_MAINTENANCE)
        .steadyFor(Duration.ofSeconds(10))
        .inject("intruder", new OperatorFault.SecondCluster(OTHER_REPLICA))
        .hold(Duration.ofSeconds(30))
        .heal("intruder")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
