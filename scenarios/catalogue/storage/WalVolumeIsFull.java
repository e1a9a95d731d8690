package catalogue.storage;

import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.newPrimary;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.StorageFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** A full WAL volume ends the primary; another member takes over. */
public final class WalVolumeIsFull implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The primary's WAL volume is full",
            "PostgreSQL ends when it cannot write WAL; another member is promoted in time, and the"
                + " one whose volume was full is made anew when there is room.")
        .in("onprem-wal-apart")
        .judgedFor("inventory-tenancy", Disruption.NODE_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("full", new StorageFault.DiskFull(PRIMARY, StorageFault.Volume.WAL))
        .await(newPrimary(), Duration.ofSeconds(90))
        .await(service(), Duration.ofSeconds(30))
        .hold(Duration.ofSeconds(20))
        .heal("full")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
