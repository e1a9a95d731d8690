package loop.handover;

import static io.drillyard.declaration.ClusterRef.FOLLOWER;
import static io.drillyard.declaration.ClusterRef.SERVING;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.ClusterRef;
import io.drillyard.declaration.Disruption;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** A planned move to the other site, and back: no disaster at all. */
public final class LeadMovesOverAndBack implements Scenario {
  @Override
  public Drill plan() {
    return move(
            Drill.claiming(
                    "The lead moves to the other site and back",
                    "In peace the lead is handed to the cluster that follows, and later back, each"
                        + " time proved by a token, within the declared outage and without a rewind.")
                .in("two-sites-standby")
                .judgedFor("task-orchestration", Disruption.FAILBACK)
                .takenOverBy(FOLLOWER),
            SERVING,
            FOLLOWER)
        .compose(
            drill ->
                move(drill.thenEpisode("back", Disruption.FAILBACK, SERVING), FOLLOWER, SERVING));
  }

  private static Drill move(Drill drill, ClusterRef from, ClusterRef to) {
    return drill
        .steadyFor(Duration.ofSeconds(10))
        .handOver(from, to)
        .await(service(), Duration.ofSeconds(60))
        .followAgain(from, to)
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .backUp(to)
        .sufficientFor(Duration.ofSeconds(15));
  }
}
