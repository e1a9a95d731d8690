package catalogue.host;

import static io.drillyard.fault.Who.OTHER_REPLICA;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.HostFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** A member whose disk is gone is made anew. */
public final class ReplicaLosesItsDisk implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "A replica that nobody waits for loses its disk",
            "The other members serve on, and the replica is made anew from the leader in time.")
        .in("onprem-sync")
        .judgedFor("inventory-tenancy", Disruption.NODE_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("disk", new HostFault.DiskLoss(OTHER_REPLICA))
        .hold(Duration.ofSeconds(10))
        .heal("disk")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
