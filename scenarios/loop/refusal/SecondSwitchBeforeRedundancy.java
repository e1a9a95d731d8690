package loop.refusal;

import static io.drillyard.declaration.ClusterRef.FOLLOWER;
import static io.drillyard.declaration.ClusterRef.SERVING;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import io.drillyard.scenario.step.AskRedundancy;
import java.time.Duration;

/** Right after a move, before the first cluster follows, somebody orders the way back. */
public final class SecondSwitchBeforeRedundancy implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "A second switch before redundancy is back is refused",
            "The lead moves to the other site; before the first one follows again somebody orders"
                + " it back: nothing is done. When it follows it takes the lead back, within the"
                + " declared outage and with nothing lost.")
        .in("two-sites-standby")
        .judgedFor("task-orchestration", Disruption.FAILBACK)
        .takenOverBy(FOLLOWER)
        .steadyFor(Duration.ofSeconds(10))
        .handOver(SERVING, FOLLOWER)
        .await(service(), Duration.ofSeconds(60))
        .then(new AskRedundancy(FOLLOWER, SERVING, true))
        .followAgain(SERVING, FOLLOWER)
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(15))
        .thenEpisode("back", Disruption.FAILBACK, SERVING)
        .steadyFor(Duration.ofSeconds(10))
        .handOver(FOLLOWER, SERVING)
        .await(service(), Duration.ofSeconds(60))
        .followAgain(FOLLOWER, SERVING)
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(15));
  }
}
