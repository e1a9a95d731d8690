package catalogue.network;

import static io.drillyard.fault.Who.ETCD;
import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.NetworkFault;
import io.drillyard.fault.NetworkPlane;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** A path to etcd that comes and goes costs no leader. */
public final class EtcdPathFlaps implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The path to etcd flaps",
            "The primary loses etcd for one second in every three: its lease lasts longer than that,"
                + " so it goes on serving.")
        .in("onprem-etcd-apart")
        .judgedFor("inventory-tenancy", Disruption.PARTITION)
        .steadyFor(Duration.ofSeconds(10))
        .inject(
            "flap",
            new NetworkFault.Flapping(
                NetworkFault.Cut.between(PRIMARY, ETCD).on(NetworkPlane.ETCD_CLIENT),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2)))
        .hold(Duration.ofSeconds(40))
        .heal("flap")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
