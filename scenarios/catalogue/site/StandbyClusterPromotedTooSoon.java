package catalogue.site;

import static io.drillyard.declaration.ClusterRef.FOLLOWER;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.NetworkFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** Known unsafe: only the link was lost, and the standby cluster was promoted all the same. */
public final class StandbyClusterPromotedTooSoon implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "A standby cluster is promoted although the primary lives",
            "The link between the sites is cut; an operator at the second site takes the first for"
                + " lost and promotes. Both sites take writes: the split-brain must be found.")
        .in("two-sites-standby")
        .judgedBeside("task-orchestration", Disruption.SITE_LOSS)
        .takenOverBy(FOLLOWER)
        .knownUnsafe(
            "noSplitBrain", "nobody fenced the first site, which only could not be reached")
        .steadyFor(Duration.ofSeconds(10))
        .inject("link", new NetworkFault.SiteCut())
        .hold(Duration.ofSeconds(3))
        .promote(FOLLOWER)
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(2))
        .hold(Duration.ofSeconds(10))
        .heal("link")
        .sufficientFor(Duration.ofSeconds(15));
  }
}
