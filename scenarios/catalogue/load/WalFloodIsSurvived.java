package catalogue.load;

import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.LoadFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** WAL that outruns replication and archive. */
public final class WalFloodIsSurvived implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "WAL is written faster than it is shipped",
            "Four sessions write 40 MB of WAL a second: the cluster keeps its leader, and nothing"
                + " acknowledged is lost.")
        .in("onprem-sync")
        .judgedBeside("inventory-tenancy", Disruption.NODE_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("flood", new LoadFault.WalFlood(4, 40))
        .hold(Duration.ofSeconds(15))
        .heal("flood")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
