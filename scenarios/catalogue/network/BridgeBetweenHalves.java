package catalogue.network;

import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.NetworkFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** Two halves that one host still sees both of. */
public final class BridgeBetweenHalves implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "Two halves, and a bridge between them",
            "One host sees both halves of the cluster: at most one primary serves, one does in time,"
                + " and nothing acknowledged is lost.")
        .in("onprem-etcd-apart")
        .judgedFor("inventory-tenancy", Disruption.PARTITION)
        .steadyFor(Duration.ofSeconds(10))
        .inject("bridge", new NetworkFault.Partition(NetworkFault.Shape.BRIDGE))
        .hold(Duration.ofSeconds(45))
        .heal("bridge")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
