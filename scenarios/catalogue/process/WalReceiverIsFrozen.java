package catalogue.process;

import static io.drillyard.fault.Who.REPLICA;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.ProcessFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/**
 * A frozen synchronous standby stops all writers until wal_sender_timeout: a known-unsafe default.
 */
public final class WalReceiverIsFrozen implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The WAL receiver of the synchronous standby is frozen",
            "With the default wal_sender_timeout of 60 s nobody writes for a minute when the synchronous"
                + " standby falls silent: a target of 60 s cannot be met, and the drill must say so.")
        .in("onprem-sync")
        .judgedFor("inventory-tenancy", Disruption.PROCESS_FREEZE)
        .knownUnsafe(
            "recoveryTime", "the default wal_sender_timeout of 60 s is as long as the whole target")
        .steadyFor(Duration.ofSeconds(10))
        .inject("freeze", new ProcessFault.Freeze(REPLICA, ProcessFault.Kind.WALRECEIVER))
        .hold(Duration.ofSeconds(80))
        .heal("freeze")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
