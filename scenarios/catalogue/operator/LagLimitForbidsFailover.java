package catalogue.operator;

import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.fault.Who.REPLICAS;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.lagOfAtLeast;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.HostFault;
import io.drillyard.fault.NetworkFault;
import io.drillyard.fault.NetworkPlane;
import io.drillyard.fault.OperatorFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** A wrong maximum_lag_on_failover keeps everybody from being promoted. */
public final class LagLimitForbidsFailover implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "A wrong maximum_lag_on_failover",
            "maximum_lag_on_failover is one byte: no standby that lags may be promoted, and the target cannot be met.")
        .in("onprem-async")
        .judgedFor("audit-history", Disruption.NODE_LOSS)
        .knownUnsafe("recoveryTime", "no standby is within one byte of the lost primary")
        .steadyFor(Duration.ofSeconds(10))
        .inject("prepare-limit", new OperatorFault.SettingChanged("maximum_lag_on_failover", "1"))
        .hold(Duration.ofSeconds(8))
        .inject(
            "prepare-lag", NetworkFault.Cut.between(PRIMARY, REPLICAS).on(NetworkPlane.REPLICATION))
        .await(lagOfAtLeast(64 << 10), Duration.ofSeconds(20))
        .inject("power", new HostFault.PowerOff(PRIMARY))
        .hold(Duration.ofSeconds(75))
        .heal("power")
        .heal("prepare-lag")
        .heal("prepare-limit")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
