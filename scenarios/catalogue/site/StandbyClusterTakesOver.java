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

/** A lost site is fenced, and the standby cluster at the second one is promoted. */
public final class StandbyClusterTakesOver implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The primary site is lost, and a standby cluster takes over",
            "The lost site is fenced; the standby cluster at the second site is promoted on an"
                + " operator's word and takes writes within the declared time and loss; when power"
                + " returns, the old site takes no write and cannot reach the archive.")
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
        .sufficientFor(Duration.ofSeconds(35))
        .watchFence(SERVING);
  }
}
