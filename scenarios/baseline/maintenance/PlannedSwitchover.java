package baseline.maintenance;

import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.newPrimary;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.OperatorFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** A switchover that an operator orders moves the leader with a short outage and no loss. */
public final class PlannedSwitchover implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "A planned switchover",
            "A switchover ordered through Patroni moves the leader within the declared time, and no"
                + " acknowledged write is lost.")
        .in("onprem-sync")
        .judgedFor("inventory-tenancy", Disruption.PLANNED_MAINTENANCE)
        .steadyFor(Duration.ofSeconds(10))
        .inject("switchover", new OperatorFault.Switchover())
        .await(newPrimary(), Duration.ofSeconds(60))
        .await(service(), Duration.ofSeconds(30))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
