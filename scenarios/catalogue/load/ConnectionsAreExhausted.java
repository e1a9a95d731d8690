package catalogue.load;

import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.LoadFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** Those who are connected go on. */
public final class ConnectionsAreExhausted implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "Idle sessions take every connection",
            "Clients that are connected go on writing while nobody else gets a connection.")
        .in("onprem-sync")
        .judgedBeside("inventory-tenancy", Disruption.NODE_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("sessions", new LoadFault.ConnectionExhaustion())
        .hold(Duration.ofSeconds(8))
        .heal("sessions")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
