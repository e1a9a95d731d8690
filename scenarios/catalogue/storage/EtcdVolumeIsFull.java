package catalogue.storage;

import static io.drillyard.fault.Who.ETCD_FOLLOWER;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.StorageFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** One etcd member without disk space leaves a quorum. */
public final class EtcdVolumeIsFull implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "An etcd follower's disk is full",
            "One etcd member cannot write any more: the others are a quorum, and no write fails.")
        .in("onprem-etcd-apart")
        .judgedBeside("inventory-tenancy", Disruption.CONSENSUS_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("full", new StorageFault.DiskFull(ETCD_FOLLOWER, StorageFault.Volume.ETCD))
        .hold(Duration.ofSeconds(30))
        .heal("full")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
