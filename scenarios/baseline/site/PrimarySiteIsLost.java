package baseline.site;

import static io.drillyard.declaration.ClusterRef.RESTORED;
import static io.drillyard.declaration.ClusterRef.SERVING;

import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;

/** A lost site is fenced and replaced by a cluster restored from the repository. */
public final class PrimarySiteIsLost implements Scenario {
  @Override
  public Drill plan() {
    return SiteLoss.begin(
            "The primary site is lost",
            "The lost site is fenced; a new cluster is restored at the second site from the object"
                + " repository and takes writes within the declared time and loss; when power"
                + " returns, the old site takes no write and cannot reach the archive.")
        .fence(SERVING)
        .restore(RESTORED)
        .compose(SiteLoss::powerReturns)
        .watchFence(SERVING);
  }
}
