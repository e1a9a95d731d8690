package catalogue.consensus;

import static io.drillyard.fault.Who.ETCD_FOLLOWER;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.ConsensusFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** An etcd member comes back with nothing. */
public final class EtcdMemberLosesItsData implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "An etcd member loses its data",
            "One etcd member loses its data and comes back as a new member: no write fails.")
        .in("onprem-etcd-apart")
        .judgedBeside("inventory-tenancy", Disruption.CONSENSUS_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("lost", new ConsensusFault.MemberDataLost(ETCD_FOLLOWER))
        .hold(Duration.ofSeconds(30))
        .heal("lost")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
