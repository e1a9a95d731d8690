package loop.control;

import static io.drillyard.declaration.ClusterRef.FOLLOWER;
import static io.drillyard.declaration.ClusterRef.SERVING;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import io.drillyard.scenario.step.ArchiveIntoFormersPath;
import java.time.Duration;

/** A cluster that took over archives among the WAL of the one before it: a control. */
public final class ArchivesIntoTheFormersPath implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "A second cluster archives into the first one's path",
            "A planned move is carried out as it should be; then somebody gives the new leader the"
                + " old one's archive_command. pgBackRest takes it, and the listing tells.")
        .in("two-sites-standby")
        .judgedFor("task-orchestration", Disruption.FAILBACK)
        .knownUnsafe(
            "lineageIsClean", "its archive_command names the stanza and the path of the other one")
        .takenOverBy(FOLLOWER)
        .steadyFor(Duration.ofSeconds(10))
        .handOver(SERVING, FOLLOWER)
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .then(new ArchiveIntoFormersPath(FOLLOWER, SERVING))
        .sufficientFor(Duration.ofSeconds(30));
  }
}
