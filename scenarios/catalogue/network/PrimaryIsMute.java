package catalogue.network;

import static io.drillyard.fault.Who.ETCD;
import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.fault.Who.REPLICAS;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.newPrimary;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.NetworkFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;
import java.util.Set;

/** What the primary sends is lost; what it is sent arrives. */
public final class PrimaryIsMute implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The primary is mute",
            "Nothing that the primary sends reaches the members or etcd, and all that they send reaches it: it loses its lease,"
                + " another member serves in time, and nothing acknowledged is lost.")
        .in("onprem-etcd-apart")
        .judgedFor("inventory-tenancy", Disruption.PARTITION)
        .steadyFor(Duration.ofSeconds(10))
        .inject(
            "mute",
            new NetworkFault.Cut(
                PRIMARY, Set.of(REPLICAS, ETCD), NetworkFault.Way.TOWARDS, Set.of()))
        .await(newPrimary(), Duration.ofSeconds(90))
        .await(service(), Duration.ofSeconds(30))
        .hold(Duration.ofSeconds(5))
        .heal("mute")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
