package catalogue.operator;

import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.HostFault;
import io.drillyard.fault.OperatorFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** Nobody is promoted while Patroni is paused. */
public final class PausedClusterDoesNotFailOver implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The primary is lost while Patroni is paused",
            "Maintenance mode is on when the primary loses power: nobody is promoted, and the target cannot be met.")
        .in("onprem-sync")
        .judgedFor("inventory-tenancy", Disruption.NODE_LOSS)
        .knownUnsafe("recoveryTime", "a paused Patroni promotes nobody")
        .steadyFor(Duration.ofSeconds(10))
        .inject("prepare-pause", new OperatorFault.Paused())
        .hold(Duration.ofSeconds(8))
        .inject("power", new HostFault.PowerOff(PRIMARY))
        .hold(Duration.ofSeconds(60))
        .heal("power")
        .heal("prepare-pause")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
