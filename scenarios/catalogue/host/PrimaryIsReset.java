package catalogue.host;

import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.HostFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** A reset primary comes back without harm. */
public final class PrimaryIsReset implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The primary's host is reset",
            "Whether the primary comes back or another takes over, no acknowledged write is lost.")
        .in("onprem-sync")
        .judgedFor("inventory-tenancy", Disruption.NODE_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("reset", new HostFault.Reboot(PRIMARY))
        .hold(Duration.ofSeconds(5))
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
