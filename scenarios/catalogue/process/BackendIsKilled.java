package catalogue.process;

import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.ProcessFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** One killed backend restarts all; PostgreSQL recovers by itself. */
public final class BackendIsKilled implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "A client's backend is killed",
            "PostgreSQL recovers from one killed backend by itself, and loses nothing that it acknowledged.")
        .in("onprem-sync")
        .judgedBeside("inventory-tenancy", Disruption.NODE_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("kill", new ProcessFault.Kill(PRIMARY, ProcessFault.Kind.BACKEND))
        .hold(Duration.ofSeconds(5))
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
