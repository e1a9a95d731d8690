package catalogue.consensus;

import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.ConsensusFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** An etcd that takes no write any more still renews the leader's lease. */
public final class EtcdIsOutOfSpace implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "etcd is out of space everywhere",
            "Every etcd member has used up its quota and refuses writes: nobody could be elected,"
                + " and the leader stays, for its lease is renewed all the same.")
        .in("onprem-sync")
        .judgedBeside("inventory-tenancy", Disruption.CONSENSUS_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("full", new ConsensusFault.OutOfSpace())
        .hold(Duration.ofSeconds(45))
        .heal("full")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
