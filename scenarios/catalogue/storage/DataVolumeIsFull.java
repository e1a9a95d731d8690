package catalogue.storage;

import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.StorageFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** A full data volume is no reason for Patroni to fail over. */
public final class DataVolumeIsFull implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The primary's data volume is full",
            "Writes fail while reads go on, PostgreSQL stays up, Patroni keeps the leader key:"
                + " nobody serves writes until somebody makes room.")
        .in("onprem-sync")
        .judgedBeside("inventory-tenancy", Disruption.NODE_LOSS)
        .knownUnsafe(
            "recoveryTime", "PostgreSQL refuses writes and stays up, so Patroni does not fail over")
        .steadyFor(Duration.ofSeconds(10))
        .inject("full", new StorageFault.DiskFull(PRIMARY, StorageFault.Volume.DATA))
        .hold(Duration.ofSeconds(70))
        .heal("full")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
