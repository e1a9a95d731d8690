package catalogue.operator;

import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.OperatorFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** Restart of everything at once. */
public final class EverythingIsRestarted implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "Everything is restarted at once",
            "Patroni, PostgreSQL and etcd end on every host at the same moment: service is back in time, and nothing acknowledged is lost.")
        .in("onprem-sync")
        .judgedFor("inventory-tenancy", Disruption.CONSENSUS_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("restart", new OperatorFault.EverythingRestarted())
        .await(service(), Duration.ofSeconds(60))
        .hold(Duration.ofSeconds(10))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
