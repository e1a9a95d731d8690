package catalogue.host;

import static io.drillyard.declaration.ClusterRef.SERVING;
import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.newPrimary;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.HostFault;
import io.drillyard.fault.OperatorFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** There and back in one drill: a host is lost, and later the lead is moved on by an order. */
public final class LostHostLeadsAgain implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The primary's host is lost, comes back, and the lead is moved by an order",
            "A synchronous standby takes over within the declared time; once the lost host is back"
                + " as a standby, a switchover moves the lead within the time that is declared for"
                + " maintenance. Neither loses an acknowledged write.")
        .in("onprem-sync")
        .judgedFor("inventory-tenancy", Disruption.NODE_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("power", new HostFault.PowerOff(PRIMARY))
        .await(newPrimary(), Duration.ofSeconds(90))
        .await(service(), Duration.ofSeconds(30))
        .hold(Duration.ofSeconds(3))
        .heal("power")
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10))
        .thenEpisode("switchover", Disruption.PLANNED_MAINTENANCE, SERVING)
        .steadyFor(Duration.ofSeconds(10))
        .inject("order", new OperatorFault.Switchover())
        .await(newPrimary(), Duration.ofSeconds(60))
        .await(service(), Duration.ofSeconds(30))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
