package catalogue.storage;

import static io.drillyard.fault.Who.REPLICA;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.StorageFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** The synchronous standby loses the right to its own files. */
public final class StandbyMayNotReadItsData implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The synchronous standby may not read its data",
            "The synchronous standby may not enter its data directory: another one takes its place, and writes go on.")
        .in("onprem-sync")
        .judgedFor("inventory-tenancy", Disruption.NODE_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("denied", new StorageFault.PermissionLost(REPLICA, StorageFault.Volume.DATA))
        .hold(Duration.ofSeconds(40))
        .heal("denied")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
