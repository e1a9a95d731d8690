package catalogue.site;

import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;
import static io.drillyard.target.ClusterRef.FOLLOWER;
import static io.drillyard.target.ClusterRef.SERVING;

import io.drillyard.fault.HostFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import io.drillyard.target.Disruption;
import java.time.Duration;

/** A lost site is replaced, returns, is wiped, and follows the cluster that took over from it. */
public final class LostSiteFollowsAgain implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "A lost site comes back as a follower",
            "The lost site is fenced and a standby cluster takes over; when the site returns its"
                + " hosts are wiped, and a new incarnation of its cluster follows, with a path of its"
                + " own in the repository. No write is taken there, and nothing that was archived"
                + " changes.")
        .in("two-sites-standby")
        .judgedFor("task-orchestration", Disruption.SITE_LOSS)
        .clients(Drill.Clients.AT_OTHER_SITES)
        .takenOverBy(FOLLOWER)
        .steadyFor(Duration.ofSeconds(15))
        .inject("site-loss", new HostFault.SiteLoss())
        .hold(Duration.ofSeconds(2))
        .fence(SERVING)
        .promote(FOLLOWER)
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(2))
        .hold(Duration.ofSeconds(5))
        .heal("site-loss")
        .sufficientFor(Duration.ofSeconds(15))
        .watchFence(SERVING)
        .rebuild(SERVING, FOLLOWER)
        .hold(Duration.ofSeconds(10));
  }
}
