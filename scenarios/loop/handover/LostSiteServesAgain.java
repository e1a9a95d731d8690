package loop.handover;

import static io.drillyard.declaration.ClusterRef.FOLLOWER;
import static io.drillyard.declaration.ClusterRef.SERVING;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;
import static io.drillyard.scenario.step.RebuildCluster.Data.COPIED;

import catalogue.site.StandbyTakeover;
import io.drillyard.declaration.Disruption;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** A lost site is replaced, is rebuilt, follows, and takes the lead back in a planned hand-over. */
public final class LostSiteServesAgain implements Scenario {
  @Override
  public Drill plan() {
    return StandbyTakeover.until(
            "A lost site comes back and serves again",
            "The lost site is fenced and a standby cluster takes over; the site is rebuilt from"
                + " nothing and follows; then the lead is handed back within the declared outage:"
                + " whoever takes it proves by a token that nothing is lost, and the other cluster"
                + " cannot lead meanwhile and follows afterwards.",
            "two-sites-standby")
        .sufficientFor(Duration.ofSeconds(15))
        .watchFence(SERVING)
        .rebuild(SERVING, FOLLOWER, COPIED)
        .thenEpisode("failback", Disruption.FAILBACK, SERVING)
        .steadyFor(Duration.ofSeconds(10))
        .handOver(FOLLOWER, SERVING)
        .await(service(), Duration.ofSeconds(60))
        .followAgain(FOLLOWER, SERVING)
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .backUp(SERVING)
        .sufficientFor(Duration.ofSeconds(15));
  }
}
