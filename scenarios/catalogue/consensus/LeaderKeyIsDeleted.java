package catalogue.consensus;

import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.ConsensusFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** A deleted leader key is no reason for two primaries. */
public final class LeaderKeyIsDeleted implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "Somebody deletes the leader key",
            "After its leader key was deleted the cluster has one primary again in time and lost nothing.")
        .in("onprem-etcd-apart")
        .judgedBeside("inventory-tenancy", Disruption.CONSENSUS_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("deletion", new ConsensusFault.LeaderKeyDeleted())
        .hold(Duration.ofSeconds(5))
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
