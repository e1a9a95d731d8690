package catalogue.host;

import static io.drillyard.fault.Who.UPSTREAM;
import static io.drillyard.scenario.step.Conditions.everyReplicaLeftStreaming;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.HostFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** A standby whose upstream is lost streams from the leader until that is back. */
public final class CascadeLosesItsUpstream implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The middle of a cascade loses power",
            "The clients notice nothing, and when the middle is back both standbys of its site"
                + " stream in time.")
        .in("two-sites-cascade")
        .judgedFor("task-orchestration", Disruption.NODE_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("power", new HostFault.PowerOff(UPSTREAM))
        .hold(Duration.ofSeconds(5))
        .await(everyReplicaLeftStreaming(), Duration.ofMinutes(1))
        .hold(Duration.ofSeconds(5))
        .heal("power")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
