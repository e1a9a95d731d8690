package catalogue.network;

import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.NetworkFault;
import io.drillyard.fault.NetworkPlane;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;
import java.util.Set;

/** Synchronous commits over a narrow path are late, not lost. */
public final class ReplicationIsNarrow implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "Replication over a narrow path",
            "The primary may send its standbys 4 Mbit/s: commits wait longer, none is lost, no failover.")
        .in("onprem-sync")
        .judgedBeside("inventory-tenancy", Disruption.PARTITION)
        .steadyFor(Duration.ofSeconds(10))
        .inject("narrow", new NetworkFault.Narrow(PRIMARY, 4000, Set.of(NetworkPlane.REPLICATION)))
        .hold(Duration.ofSeconds(30))
        .heal("narrow")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
