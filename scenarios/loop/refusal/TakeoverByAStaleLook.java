package loop.refusal;

import static io.drillyard.declaration.ClusterRef.FOLLOWER;
import static io.drillyard.declaration.ClusterRef.SERVING;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import catalogue.site.StandbyTakeover;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import io.drillyard.scenario.step.GateRefuses;
import java.time.Duration;

/** After the loss of a site somebody promotes by what was seen a quarter of a minute ago. */
public final class TakeoverByAStaleLook implements Scenario {
  @Override
  public Drill plan() {
    return StandbyTakeover.lost(
            "A takeover by a stale look is refused",
            "What was seen of the lost site opens the gate, and opens it no more when it is older"
                + " than a look may be: nothing is promoted; by a fresh one the takeover goes"
                + " through, within the declared time and loss.",
            "two-sites-standby")
        .then(new GateRefuses(SERVING, FOLLOWER, GateRefuses.Why.STALE_LOOK))
        .promote(FOLLOWER)
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(2))
        .hold(Duration.ofSeconds(5))
        .heal("site-loss")
        .sufficientFor(Duration.ofSeconds(15))
        .watchFence(SERVING);
  }
}
