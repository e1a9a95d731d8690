package catalogue.process;

import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.ProcessFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** Service does not wait for the archiver. */
public final class ArchiverIsFrozen implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The archiver is frozen",
            "The archiver stands still for half a minute: clients notice nothing.")
        .in("onprem-sync")
        .judgedFor("inventory-tenancy", Disruption.PROCESS_FREEZE)
        .steadyFor(Duration.ofSeconds(10))
        .inject("freeze", new ProcessFault.Freeze(PRIMARY, ProcessFault.Kind.ARCHIVER))
        .hold(Duration.ofSeconds(30))
        .heal("freeze")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
