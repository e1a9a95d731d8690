package catalogue.consensus;

import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.ConsensusFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** What Patroni wrote since the snapshot never was. */
public final class EtcdIsRestoredFromSnapshot implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "etcd is restored from an older snapshot",
            "The whole etcd goes back in time: the cluster finds its leader again, and nothing acknowledged is lost.")
        .in("onprem-etcd-apart")
        .judgedFor("inventory-tenancy", Disruption.CONSENSUS_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("restored", new ConsensusFault.SnapshotRestored())
        .await(service(), Duration.ofSeconds(60))
        .hold(Duration.ofSeconds(20))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
