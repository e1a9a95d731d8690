package catalogue.process;

import static io.drillyard.fault.Who.ETCD;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.ProcessFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** etcd restarted member by member keeps its quorum. */
public final class EtcdRollingRestarts implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "etcd is restarted, one member after the other",
            "One etcd member after the other is restarted: the quorum stays, and no write fails.")
        .in("onprem-etcd-apart")
        .judgedBeside("inventory-tenancy", Disruption.CONSENSUS_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject(
            "restarts",
            new ProcessFault.RestartStorm(ETCD, ProcessFault.Kind.ETCD, Duration.ofSeconds(5)))
        .hold(Duration.ofSeconds(40))
        .heal("restarts")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
