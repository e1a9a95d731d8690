package loop.refusal;

import static io.drillyard.declaration.ClusterRef.FOLLOWER;
import static io.drillyard.declaration.ClusterRef.SERVING;

import catalogue.site.StandbyTakeover;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import io.drillyard.scenario.step.GateRefuses;
import java.time.Duration;

/** A lost site is back, and somebody orders that it go on where it stopped. */
public final class OldTimelineIsNotResumed implements Scenario {
  @Override
  public Drill plan() {
    return StandbyTakeover.until(
            "A returned site is ordered to resume its old timeline",
            "Another cluster took over from a lost site; when that returns somebody orders it to"
                + " serve again: the gate is BLOCKED, and nothing is run.",
            "two-sites-standby")
        .watchFence(SERVING)
        .then(new GateRefuses(FOLLOWER, SERVING, GateRefuses.Why.OTHER_SERVES))
        .sufficientFor(Duration.ofSeconds(15));
  }
}
