package catalogue.network;

import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.newPrimary;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.NetworkFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** The side with the majority serves; the other one stops. */
public final class PrimaryInMinority implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "A partition leaves the primary in a minority",
            "The primary in the minority stops, the majority serves in time, and nothing acknowledged is lost.")
        .in("onprem-sync")
        .judgedFor("inventory-tenancy", Disruption.PARTITION)
        .steadyFor(Duration.ofSeconds(10))
        .inject("partition", new NetworkFault.Partition(NetworkFault.Shape.PRIMARY_IN_MINORITY))
        .await(newPrimary(), Duration.ofSeconds(90))
        .await(service(), Duration.ofSeconds(30))
        .hold(Duration.ofSeconds(5))
        .heal("partition")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
