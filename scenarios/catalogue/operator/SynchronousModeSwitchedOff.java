package catalogue.operator;

import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.fault.Who.REPLICAS;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.lagOfAtLeast;
import static io.drillyard.scenario.step.Conditions.newPrimary;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.HostFault;
import io.drillyard.fault.NetworkFault;
import io.drillyard.fault.NetworkPlane;
import io.drillyard.fault.OperatorFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** Somebody switched synchronous mode off, and nobody noticed until the failover. */
public final class SynchronousModeSwitchedOff implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "Synchronous mode was switched off",
            "Synchronous mode is switched off, the standbys fall behind, and the primary loses power: the loss must be found.")
        .in("onprem-sync")
        .judgedFor("inventory-tenancy", Disruption.NODE_LOSS)
        .knownUnsafe("dataLoss", "nothing is synchronous any more")
        .steadyFor(Duration.ofSeconds(10))
        .inject(
            "prepare-asynchronous", new OperatorFault.SettingChanged("synchronous_mode", "false"))
        .hold(Duration.ofSeconds(12))
        .inject(
            "prepare-lag", NetworkFault.Cut.between(PRIMARY, REPLICAS).on(NetworkPlane.REPLICATION))
        .await(lagOfAtLeast(64 << 10), Duration.ofSeconds(20))
        .inject("power", new HostFault.PowerOff(PRIMARY))
        .await(newPrimary(), Duration.ofSeconds(90))
        .await(service(), Duration.ofSeconds(30))
        .hold(Duration.ofSeconds(3))
        .heal("power")
        .heal("prepare-lag")
        .heal("prepare-asynchronous")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
