package catalogue.consensus;

import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.fault.ConsensusFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import io.drillyard.target.Disruption;
import java.time.Duration;

/** Somebody writes a replica into the leader key, for ever. */
public final class LeaderKeyIsOverwritten implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The leader key is overwritten by hand",
            "A replica's name stands in the leader key, without a lease: at most one member serves, and service is back in time.")
        .in("onprem-etcd-apart")
        .judgedFor("inventory-tenancy", Disruption.CONSENSUS_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("overwritten", new ConsensusFault.LeaderKeyOverwritten())
        .hold(Duration.ofSeconds(40))
        .heal("overwritten")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
