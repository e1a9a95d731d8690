package loop.handover;

import static io.drillyard.declaration.ClusterRef.FOLLOWER;
import static io.drillyard.declaration.ClusterRef.SERVING;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** A planned move to a cluster that never streamed: its only way is the archive. */
public final class LeadMovesByTheArchiveAlone implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The lead moves to a site that knows the archive alone",
            "In peace the lead is handed to a cluster that reads the other one's archive and nothing"
                + " else: it proves the token, replays the shutdown that is pushed to it by hand,"
                + " and the other follows it without a rewind.")
        .in("two-sites-archive")
        .judgedFor("task-orchestration", Disruption.FAILBACK)
        .takenOverBy(FOLLOWER)
        .steadyFor(Duration.ofSeconds(10))
        .handOver(SERVING, FOLLOWER)
        .await(service(), Duration.ofSeconds(60))
        .followAgain(SERVING, FOLLOWER)
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .backUp(FOLLOWER)
        .sufficientFor(Duration.ofSeconds(15));
  }
}
