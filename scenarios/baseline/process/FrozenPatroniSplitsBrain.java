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

/** Known unsafe: a frozen Patroni without a watchdog leaves two asynchronous primaries. */
public final class FrozenPatroniSplitsBrain implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "Patroni freezes on an asynchronous primary",
            "While Patroni stands still nobody stops PostgreSQL: the old primary goes on accepting"
                + " writes beside the new one. The split-brain must be found.")
        .in("onprem-async")
        .judgedFor("task-orchestration", Disruption.PROCESS_FREEZE)
        .knownUnsafe(
            "noSplitBrain",
            "asynchronous replication without a watchdog: nothing stops a PostgreSQL whose Patroni"
                + " is frozen")
        .steadyFor(Duration.ofSeconds(10))
        .inject("freeze", new ProcessFault.Freeze(PRIMARY, ProcessFault.Kind.PATRONI))
        .await(newPrimary(), Duration.ofSeconds(90))
        .hold(Duration.ofSeconds(10))
        .await(service(), Duration.ofSeconds(30))
        .heal("freeze")
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
