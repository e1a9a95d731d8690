package catalogue.network;

import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.NetworkFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** In a ring the synchronous standby sees members only, and nobody else may lead. */
public final class RingOfNeighbours implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "A ring in which each sees its neighbours only",
            "Each host sees two others. The synchronous standby stands between the members and sees no etcd, and the one"
                + " that does may not be promoted: nobody serves, and the drill must say so.")
        .in("onprem-etcd-apart")
        .judgedFor("inventory-tenancy", Disruption.PARTITION)
        .knownUnsafe(
            "recoveryTime", "the only member with a quorum at its side is not the synchronous one")
        .steadyFor(Duration.ofSeconds(10))
        .inject("ring", new NetworkFault.Partition(NetworkFault.Shape.RING))
        .hold(Duration.ofSeconds(70))
        .heal("ring")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
