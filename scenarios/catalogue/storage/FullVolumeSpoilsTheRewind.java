package catalogue.storage;

import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.fault.Who.REPLICAS;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.lagOfAtLeast;
import static io.drillyard.scenario.step.Conditions.mayFail;
import static io.drillyard.scenario.step.Conditions.newPrimary;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.NetworkFault;
import io.drillyard.fault.NetworkPlane;
import io.drillyard.fault.StorageFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** Known unsafe: nothing repairs a member whose rewind the full volume broke off. */
public final class FullVolumeSpoilsTheRewind implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "A rewind breaks off on a full WAL volume",
            "The old primary has what its lagging replicas never received. It is rewound while its volume is still"
                + " full, and the rewind breaks off. Without remove_data_directory_on_rewind_failure the"
                + " member never returns: that must be found.")
        .in("onprem-wal-apart-async")
        .judgedFor("audit-history", Disruption.NODE_LOSS)
        .knownUnsafe(
            "redundancyRestored", "a data directory that a rewind left half-way is never removed")
        .steadyFor(Duration.ofSeconds(10))
        // A primary that ends for want of room ends at a segment's boundary, up to which a standby
        // that streams has everything: without a difference there is nothing to rewind.
        .inject(
            "prepare-lag", NetworkFault.Cut.between(PRIMARY, REPLICAS).on(NetworkPlane.REPLICATION))
        .await(lagOfAtLeast(64 << 10), Duration.ofSeconds(20))
        .inject("full", new StorageFault.DiskFull(PRIMARY, StorageFault.Volume.WAL))
        .await(newPrimary(), Duration.ofSeconds(90))
        // The new leader's next segments are more than the old one can make room for.
        .await(service(), Duration.ofSeconds(30))
        .hold(Duration.ofSeconds(25))
        .heal("prepare-lag")
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
