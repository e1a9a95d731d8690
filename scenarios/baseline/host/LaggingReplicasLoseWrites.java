package baseline.host;

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
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** With asynchronous replication and lag the loss is real, counted, and within what is declared. */
public final class LaggingReplicasLoseWrites implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The primary's host loses power while its replicas lag",
            "A replica that lags by less than maximum_lag_on_failover is promoted; the writes that"
                + " it never received are lost, named, and no more than the context tolerates.")
        .in("onprem-async")
        .judgedFor("audit-history", Disruption.NODE_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject(
            "prepare-lag", NetworkFault.Cut.between(PRIMARY, REPLICAS).on(NetworkPlane.REPLICATION))
        .await(lagOfAtLeast(64 << 10), Duration.ofSeconds(20))
        .inject("power", new HostFault.PowerOff(PRIMARY))
        .await(newPrimary(), Duration.ofSeconds(90))
        .await(service(), Duration.ofSeconds(30))
        .hold(Duration.ofSeconds(3))
        .heal("power")
        .heal("prepare-lag")
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
