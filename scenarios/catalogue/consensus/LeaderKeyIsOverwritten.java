package catalogue.consensus;

import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.ConsensusFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** Somebody writes a replica into the leader key. */
public final class LeaderKeyIsOverwritten implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The leader key is overwritten by hand",
            "A replica's name is written into the leader key: that replica takes over and the old leader steps down,"
                + " at most one of them serves at a time, and nothing acknowledged is lost.")
        .in("onprem-etcd-apart")
        .judgedBeside("inventory-tenancy", Disruption.CONSENSUS_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("overwritten", new ConsensusFault.LeaderKeyOverwritten())
        .await(service(), Duration.ofSeconds(60))
        .hold(Duration.ofSeconds(20))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
