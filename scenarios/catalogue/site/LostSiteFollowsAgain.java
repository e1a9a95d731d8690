package catalogue.site;

import static io.drillyard.declaration.ClusterRef.FOLLOWER;
import static io.drillyard.declaration.ClusterRef.SERVING;
import static io.drillyard.scenario.step.RebuildCluster.Data.COPIED;

import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** A lost site is replaced, returns, is wiped, and follows the cluster that took over from it. */
public final class LostSiteFollowsAgain implements Scenario {
  @Override
  public Drill plan() {
    return StandbyTakeover.until(
            "A lost site comes back as a follower",
            "The lost site is fenced and a standby cluster takes over; when the site returns its"
                + " hosts are wiped, and a new incarnation of its cluster follows, with a path of its"
                + " own in the repository. No write is taken there, and nothing that was archived"
                + " changes.",
            "two-sites-standby")
        .sufficientFor(Duration.ofSeconds(15))
        .watchFence(SERVING)
        .rebuild(SERVING, FOLLOWER, COPIED)
        .hold(Duration.ofSeconds(10));
  }
}
