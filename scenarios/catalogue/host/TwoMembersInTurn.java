package catalogue.host;

import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.fault.Who.REPLICA;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.newPrimary;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.HostFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** The synchronous standby first, the primary next. */
public final class TwoMembersInTurn implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The synchronous standby, then the primary",
            "The synchronous standby is lost, another one takes its place, then the primary is lost:"
                + " the one that is left has every acknowledged write.")
        .in("onprem-etcd-apart")
        .judgedFor("inventory-tenancy", Disruption.NODE_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("prepare-standby", new HostFault.PowerOff(REPLICA))
        .await(service(), Duration.ofSeconds(60))
        .hold(Duration.ofSeconds(15))
        .inject("power", new HostFault.PowerOff(PRIMARY))
        .await(newPrimary(), Duration.ofSeconds(90))
        .await(service(), Duration.ofSeconds(30))
        .hold(Duration.ofSeconds(5))
        .heal("power")
        .heal("prepare-standby")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
