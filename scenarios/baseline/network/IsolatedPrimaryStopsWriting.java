package baseline.network;

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

/** A primary that reaches neither etcd nor a member stops before another one accepts a write. */
public final class IsolatedPrimaryStopsWriting implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The primary is cut off, but its clients still reach it",
            "A primary that reaches neither etcd nor another member, while a client at its side"
                + " still reaches it, acknowledges nothing that is lost, and refuses writes before"
                + " another member accepts one.")
        .in("onprem-sync")
        .judgedFor("inventory-tenancy", Disruption.PARTITION)
        .steadyFor(Duration.ofSeconds(10))
        .inject("isolation", NetworkFault.Cut.between(PRIMARY, REPLICAS, ETCD))
        .await(newPrimary(), Duration.ofSeconds(90))
        .await(service(), Duration.ofSeconds(30))
        .hold(Duration.ofSeconds(5))
        .heal("isolation")
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
