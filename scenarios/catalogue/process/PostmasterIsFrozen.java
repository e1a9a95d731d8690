package catalogue.process;

import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.ProcessFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** A frozen postmaster: open sessions go on, new ones cannot be made. */
public final class PostmasterIsFrozen implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The postmaster is frozen",
            "The postmaster stands still: sessions that are open go on, Patroni finds out that no new one can be made.")
        .in("onprem-sync")
        .judgedFor("inventory-tenancy", Disruption.PROCESS_FREEZE)
        .steadyFor(Duration.ofSeconds(10))
        .inject("freeze", new ProcessFault.Freeze(PRIMARY, ProcessFault.Kind.POSTMASTER))
        .hold(Duration.ofSeconds(40))
        .heal("freeze")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
