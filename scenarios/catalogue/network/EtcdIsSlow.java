package catalogue.network;

import static io.drillyard.fault.Who.ETCD;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.NetworkFault;
import io.drillyard.fault.NetworkPlane;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** Answers of etcd that come half a second late cost no write. */
public final class EtcdIsSlow implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "etcd answers slowly",
            "Every answer of etcd is half a second late: Patroni is patient for retry_timeout,"
                + " keeps its lease, and no write fails.")
        .in("onprem-etcd-apart")
        .judgedBeside("inventory-tenancy", Disruption.CONSENSUS_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject(
            "slow",
            new NetworkFault.Spoiled(
                ETCD, NetworkPlane.ETCD_CLIENT, NetworkFault.Toxic.LATENCY, Duration.ofMillis(500)))
        .hold(Duration.ofSeconds(40))
        .heal("slow")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
