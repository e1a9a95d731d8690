package catalogue.process;

import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.ProcessFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/**
 * With the default primary_start_timeout Patroni restarts a postmaster that dies again and again.
 */
public final class PostmasterCrashLoops implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The postmaster dies again and again",
            "Patroni restarts the crashed postmaster for up to primary_start_timeout, 300 s by default, before it fails over:"
                + " a target of 45 s cannot be met.")
        .in("onprem-sync")
        .judgedFor("inventory-tenancy", Disruption.NODE_LOSS)
        .knownUnsafe(
            "recoveryTime",
            "primary_start_timeout is 300 s: the postmaster is restarted, not replaced")
        .steadyFor(Duration.ofSeconds(10))
        .inject(
            "crash-loop",
            new ProcessFault.CrashLoop(
                PRIMARY, ProcessFault.Kind.POSTMASTER, Duration.ofSeconds(1)))
        .hold(Duration.ofSeconds(70))
        .heal("crash-loop")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
