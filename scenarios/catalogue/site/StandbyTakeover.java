package catalogue.site;

import static io.drillyard.declaration.ClusterRef.FOLLOWER;
import static io.drillyard.declaration.ClusterRef.SERVING;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.HostFault;
import io.drillyard.scenario.Drill;
import java.time.Duration;

/** What the drills of a standby cluster that takes over share: until the lost site returns. */
public final class StandbyTakeover {
  private StandbyTakeover() {}

  /** The site is lost and fenced. */
  public static Drill lost(String title, String claim, String environment) {
    return Drill.claiming(title, claim)
        .in(environment)
        .judgedFor("task-orchestration", Disruption.SITE_LOSS)
        .clients(Drill.Clients.AT_OTHER_SITES)
        .takenOverBy(FOLLOWER)
        .steadyFor(Duration.ofSeconds(15))
        .inject("site-loss", new HostFault.SiteLoss())
        .hold(Duration.ofSeconds(2))
        .fence(SERVING);
  }

  /** The same; then the cluster that follows is promoted, and power returns. */
  public static Drill until(String title, String claim, String environment) {
    return lost(title, claim, environment)
        .promote(FOLLOWER)
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(2))
        .backUp(FOLLOWER)
        .hold(Duration.ofSeconds(5))
        .heal("site-loss");
  }
}
