package catalogue.site;

import static io.drillyard.declaration.ClusterRef.SERVING;

import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** A lost site is fenced, and the standby cluster at the second one is promoted. */
public final class StandbyClusterTakesOver implements Scenario {
  @Override
  public Drill plan() {
    return StandbyTakeover.until(
            "The primary site is lost, and a standby cluster takes over",
            "The lost site is fenced; the standby cluster at the second site is promoted on an"
                + " operator's word and takes writes within the declared time and loss; when power"
                + " returns, the old site takes no write and cannot reach the archive.",
            "two-sites-standby")
        .sufficientFor(Duration.ofSeconds(35))
        .watchFence(SERVING);
  }
}
