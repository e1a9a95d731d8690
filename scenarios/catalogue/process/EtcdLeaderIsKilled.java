package catalogue.process;

import static io.drillyard.fault.Who.ETCD_LEADER;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.ProcessFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** etcd elects another leader within the lease. */
public final class EtcdLeaderIsKilled implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The etcd leader is killed",
            "The loss of one etcd member, the leader, is no outage for PostgreSQL's clients.")
        .in("onprem-etcd-apart")
        .judgedBeside("inventory-tenancy", Disruption.CONSENSUS_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("kill", new ProcessFault.Kill(ETCD_LEADER, ProcessFault.Kind.ETCD))
        .hold(Duration.ofSeconds(15))
        .heal("kill")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
