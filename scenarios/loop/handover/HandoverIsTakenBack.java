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

/** A planned move to the other site is stopped right before the point of no return. */
public final class HandoverIsTakenBack implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "A planned move is taken back",
            "Right before the token would be spent somebody says stop: the token is void, nobody is"
                + " promoted by it, and the cluster that had been shut down serves again within the"
                + " declared outage, with everything that it had.")
        .in("two-sites-standby")
        .judgedFor("task-orchestration", Disruption.FAILBACK)
        .steadyFor(Duration.ofSeconds(10))
        .together(PlannedHandover.takenBack(SERVING, FOLLOWER))
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .then(new FollowOn(FOLLOWER))
        .sufficientFor(Duration.ofSeconds(15));
  }
}
