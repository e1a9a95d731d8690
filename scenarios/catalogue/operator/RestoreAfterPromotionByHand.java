package catalogue.operator;

import static io.drillyard.declaration.ClusterRef.RESTORED;
import static io.drillyard.declaration.ClusterRef.SERVING;
import static io.drillyard.fault.Who.REPLICA;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.HostFault;
import io.drillyard.fault.OperatorFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** Known unsafe: a promotion by hand left a timeline in the archive that the cluster gave up. */
public final class RestoreAfterPromotionByHand implements Scenario {
  /** Longer than archive_timeout: the timeline that is given up has a segment in the archive. */
  private static final Duration ARCHIVED = Duration.ofSeconds(25);

  /** More than the target allows to be lost. */
  private static final Duration SINCE = Duration.ofSeconds(60);

  @Override
  public Drill plan() {
    return Drill.claiming(
            "The site is lost after a promotion by hand",
            "While Patroni was paused a standby was promoted by hand; then Patroni went on and took it"
                + " back. A minute later the site is lost, and the restore follows the archive's newest"
                + " timeline: what was written since the promotion is gone. That must be found.")
        .in("two-sites")
        .judgedFor("task-orchestration", Disruption.SITE_LOSS)
        .clients(Drill.Clients.AT_OTHER_SITES)
        .takenOverBy(RESTORED)
        .knownUnsafe(
            "dataLoss", "the archive's newest timeline is one that the cluster has given up")
        .steadyFor(Duration.ofSeconds(10))
        .inject("prepare-pause", new OperatorFault.Paused())
        .hold(Duration.ofSeconds(8))
        .inject("prepare-promotion", new OperatorFault.PromotedByHand(REPLICA))
        .hold(ARCHIVED)
        .heal("prepare-pause")
        .hold(SINCE)
        .inject("site-loss", new HostFault.SiteLoss())
        .hold(Duration.ofSeconds(2))
        .fence(SERVING)
        .restoreAgainstTheGate(
            RESTORED, "nobody reads that a given-up timeline lies in the archive")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(2))
        .heal("site-loss")
        .sufficientFor(Duration.ofSeconds(15))
        .watchFence(SERVING);
  }
}
