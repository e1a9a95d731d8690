package catalogue.network;

import static io.drillyard.fault.Who.ETCD;
import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.newPrimary;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.NetworkFault;
import io.drillyard.fault.NetworkPlane;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** Cut off from etcd alone, the primary steps down before another leads. */
public final class EtcdUnreachableFromPrimary implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The primary loses etcd, but not its standbys",
            "A primary that reaches no etcd steps down before another member leads, and nothing acknowledged is lost.")
        .in("onprem-etcd-apart")
        .judgedFor("inventory-tenancy", Disruption.PARTITION)
        .steadyFor(Duration.ofSeconds(10))
        .inject("cut", NetworkFault.Cut.between(PRIMARY, ETCD).on(NetworkPlane.ETCD_CLIENT))
        .await(newPrimary(), Duration.ofSeconds(90))
        .await(service(), Duration.ofSeconds(30))
        .hold(Duration.ofSeconds(5))
        .heal("cut")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
