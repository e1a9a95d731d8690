package catalogue.host;

import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.newPrimary;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.HostFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** Standbys behind a standby, at another site, go on behind the new primary. */
public final class CascadeFollowsNewPrimary implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The primary above a cascade loses power",
            "The replica of its site is promoted, no member of the other site is, and the standby"
                + " there with the one that streams from it follow the new primary in time.")
        .in("two-sites-cascade")
        .judgedFor("task-orchestration", Disruption.NODE_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("power", new HostFault.PowerOff(PRIMARY))
        .await(newPrimary(), Duration.ofSeconds(90))
        .await(service(), Duration.ofSeconds(30))
        .hold(Duration.ofSeconds(5))
        .heal("power")
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
