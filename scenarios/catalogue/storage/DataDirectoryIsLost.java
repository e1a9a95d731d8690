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

/** Somebody deletes the data directory of the primary. */
public final class DataDirectoryIsLost implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The primary's data directory is deleted",
            "PostgreSQL fails, another member is promoted in time, and the old one comes back as a fresh copy.")
        .in("onprem-sync")
        .judgedFor("inventory-tenancy", Disruption.NODE_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("deleted", new StorageFault.DataDirectoryLost(PRIMARY))
        .await(newPrimary(), Duration.ofSeconds(90))
        .await(service(), Duration.ofSeconds(30))
        .hold(Duration.ofSeconds(5))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
