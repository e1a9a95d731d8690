package catalogue.host;

import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.HostFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** New sessions fail for want of memory; those that are open go on. */
public final class MemoryIsShort implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "Memory is short on the primary",
            "New processes of PostgreSQL get little memory: open sessions go on, and nothing is lost.")
        .in("onprem-sync")
        .judgedBeside("inventory-tenancy", Disruption.NODE_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("memory", new HostFault.MemoryPressure(PRIMARY, 64))
        .hold(Duration.ofSeconds(30))
        .heal("memory")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
