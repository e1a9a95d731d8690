package baseline.site;

import static io.drillyard.declaration.ClusterRef.RESTORED;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.HostFault;
import io.drillyard.scenario.Drill;
import java.time.Duration;

/** What drills of a lost site share; the fenced one and its unfenced twin differ in the fence. */
public final class SiteLoss {
  private SiteLoss() {}

  /** Load, a switch of WAL segments, then the site is gone. */
  public static Drill begin(String title, String claim) {
    return Drill.claiming(title, claim)
        .in("two-sites")
        .judgedFor("task-orchestration", Disruption.SITE_LOSS)
        .clients(Drill.Clients.AT_OTHER_SITES)
        .takenOverBy(RESTORED)
        .steadyFor(Duration.ofSeconds(15))
        .inject("site-loss", new HostFault.SiteLoss())
        .hold(Duration.ofSeconds(2));
  }

  /**
   * The restored cluster serves and is backed up; then the old site's power and link return and it
   * is watched.
   */
  public static Drill powerReturns(Drill drill) {
    return drill
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(2))
        .backUp(RESTORED)
        .hold(Duration.ofSeconds(5))
        .heal("site-loss")
        .sufficientFor(Duration.ofSeconds(35));
  }
}
