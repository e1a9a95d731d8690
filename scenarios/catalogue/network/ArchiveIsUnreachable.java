package catalogue.network;

import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.fault.Who.STORE;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.NetworkFault;
import io.drillyard.fault.NetworkPlane;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** Service does not wait for the archive. */
public final class ArchiveIsUnreachable implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The archive cannot be reached",
            "The primary cannot reach the object store for half a minute: clients notice nothing.")
        .in("onprem-sync")
        .judgedBeside("inventory-tenancy", Disruption.PARTITION)
        .steadyFor(Duration.ofSeconds(10))
        .inject("archive", NetworkFault.Cut.between(PRIMARY, STORE).on(NetworkPlane.ARCHIVE))
        .hold(Duration.ofSeconds(30))
        .heal("archive")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
