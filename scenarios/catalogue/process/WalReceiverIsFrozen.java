package catalogue.process;

import static io.drillyard.fault.Who.REPLICA;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.fault.ProcessFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import io.drillyard.target.Disruption;
import java.time.Duration;

/** A frozen standby is not waited for for ever. */
public final class WalReceiverIsFrozen implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The WAL receiver of the synchronous standby is frozen",
            "Patroni names another synchronous standby when the first one stops answering, and no acknowledged write is lost.")
        .in("onprem-sync")
        .judgedFor("inventory-tenancy", Disruption.PROCESS_FREEZE)
        .steadyFor(Duration.ofSeconds(10))
        .inject("freeze", new ProcessFault.Freeze(REPLICA, ProcessFault.Kind.WALRECEIVER))
        .hold(Duration.ofSeconds(15))
        .heal("freeze")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
