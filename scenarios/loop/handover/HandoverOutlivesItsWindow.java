package loop.handover;

import static io.drillyard.declaration.ClusterRef.FOLLOWER;
import static io.drillyard.declaration.ClusterRef.SERVING;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import io.drillyard.scenario.step.FollowOn;
import io.drillyard.scenario.step.PlannedHandover;
import java.time.Duration;

/** The window closes in the middle of a planned move: it is taken back. */
public final class HandoverOutlivesItsWindow implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "A planned move outlives its window",
            "The window closes right before the token would be spent: the token is void, nobody is"
                + " promoted by it, and the cluster that had been shut down serves again within the"
                + " declared outage, with everything that it had.")
        .in("two-sites-standby")
        .judgedFor("task-orchestration", Disruption.FAILBACK)
        .steadyFor(Duration.ofSeconds(10))
        .together(PlannedHandover.outOfWindow(SERVING, FOLLOWER))
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .then(new FollowOn(FOLLOWER))
        .sufficientFor(Duration.ofSeconds(15));
  }
}
