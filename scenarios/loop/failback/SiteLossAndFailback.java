package loop.failback;

import static io.drillyard.declaration.ClusterRef.RESTORED;
import static io.drillyard.declaration.ClusterRef.SERVING;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import baseline.site.SiteLoss;
import io.drillyard.declaration.Disruption;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import io.drillyard.scenario.step.PlannedHandover;
import io.drillyard.scenario.step.RebuildCluster.Data;
import java.time.Duration;

/** The whole loop of the baseline lane: a site is lost, restored elsewhere, and fails back. */
public final class SiteLossAndFailback implements Scenario {
  @Override
  public Drill plan() {
    return SiteLoss.begin(
            "A site is lost, is replaced from its backups, and fails back",
            "The lost site is fenced, and a cluster is restored from its backups at the second one"
                + " within the declared time and loss; the site returns, is rebuilt from nothing out"
                + " of the second one's backups, follows, and takes the lead back by a token, within"
                + " the declared outage and with nothing lost; its first backup restores.")
        .fence(SERVING)
        .restore(RESTORED)
        .compose(SiteLoss::powerReturns)
        .watchFence(SERVING)
        .thenEpisode("failback", Disruption.FAILBACK, SERVING)
        .steadyFor(Duration.ofSeconds(10))
        .then(PlannedHandover.approval(SERVING))
        .rebuild(SERVING, RESTORED, Data.RESTORED)
        .together(PlannedHandover.approved(RESTORED, SERVING))
        .await(service(), Duration.ofSeconds(60))
        .followAgain(RESTORED, SERVING)
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .backUp(SERVING)
        .proveBackup(SERVING)
        .sufficientFor(Duration.ofSeconds(15));
  }
}
