package catalogue.storage;

import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.mayFail;
import static io.drillyard.scenario.step.Conditions.newPrimary;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.fault.StorageFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import io.drillyard.target.Disruption;
import java.time.Duration;

/** Known unsafe: nothing repairs a member whose rewind the full volume broke off. */
public final class FullVolumeSpoilsTheRewind implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "A rewind breaks off on a full WAL volume",
            "The old primary is rewound while its volume is still full, and the rewind breaks off."
                + " Without remove_data_directory_on_rewind_failure the member never returns: that"
                + " must be found.")
        .in("onprem-all-parts")
        .judgedFor("inventory-tenancy", Disruption.NODE_LOSS)
        .knownUnsafe(
            "redundancyRestored", "a data directory that a rewind left half-way is never removed")
        .steadyFor(Duration.ofSeconds(10))
        .inject("full", new StorageFault.DiskFull(PRIMARY, StorageFault.Volume.WAL))
        .await(newPrimary(), Duration.ofSeconds(90))
        .await(service(), Duration.ofSeconds(30))
        .hold(Duration.ofSeconds(20))
        .heal("full")
        .await(service(), Duration.ofSeconds(60))
        .await(
            everyReplicaStreaming(),
            Duration.ofMinutes(3),
            mayFail("the member whose rewind broke off never returns: that is what must be found"))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
