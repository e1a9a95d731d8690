package catalogue.process;

import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.newPrimary;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.ProcessFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** A primary without Patroni goes on only until another takes over. */
public final class PatroniIsKilled implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "Patroni is killed on the primary",
            "Patroni's end on a synchronous primary loses no acknowledged write, whoever serves afterwards.")
        .in("onprem-sync-strict")
        .judgedBeside("inventory-tenancy", Disruption.PROCESS_FREEZE)
        .steadyFor(Duration.ofSeconds(10))
        .inject("kill", new ProcessFault.Kill(PRIMARY, ProcessFault.Kind.PATRONI))
        .await(newPrimary(), Duration.ofSeconds(90))
        .await(service(), Duration.ofSeconds(30))
        .hold(Duration.ofSeconds(10))
        .heal("kill")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
