package baseline.process;

import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.newPrimary;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.ProcessFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** The safe twin: with strict synchronous replication the frozen side cannot acknowledge. */
public final class FrozenPatroniStrictSynchronous implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "Patroni freezes on a strictly synchronous primary",
            "The old primary stays open while its Patroni is frozen, yet acknowledges nothing once"
                + " its standbys follow another: no split-brain, nothing lost.")
        .in("onprem-sync-strict")
        .judgedFor("inventory-tenancy", Disruption.PROCESS_FREEZE)
        .steadyFor(Duration.ofSeconds(10))
        .inject("freeze", new ProcessFault.Freeze(PRIMARY, ProcessFault.Kind.PATRONI))
        .await(newPrimary(), Duration.ofSeconds(90))
        .hold(Duration.ofSeconds(10))
        .await(service(), Duration.ofSeconds(30))
        .heal("freeze")
        .await(service(), Duration.ofSeconds(30))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
