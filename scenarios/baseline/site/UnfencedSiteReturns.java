package baseline.site;

import static io.drillyard.declaration.ClusterRef.RESTORED;

import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;

/** Known unsafe: the lost site was not fenced, and its power returns. */
public final class UnfencedSiteReturns implements Scenario {
  @Override
  public Drill plan() {
    return SiteLoss.begin(
            "The lost site returns without having been fenced",
            "With the fencing left out, the old site promotes itself when its power returns, beside"
                + " the restored cluster. The split-brain must be found.")
        .knownUnsafe(
            "noSplitBrain", "nobody fenced the lost site before another cluster was promoted")
        .restore(RESTORED)
        .compose(SiteLoss::powerReturns);
  }
}
