package loop.refusal;

import static io.drillyard.declaration.ClusterRef.FOLLOWER;
import static io.drillyard.declaration.ClusterRef.SERVING;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import catalogue.site.StandbyTakeover;
import io.drillyard.approval.ApprovalFlaw;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import io.drillyard.scenario.step.OrderIsRefused;
import java.time.Duration;

/** After the loss of a site somebody consents to less than may be lost. */
public final class TakeoverWithTooSmallAConsent implements Scenario {
  @Override
  public Drill plan() {
    return StandbyTakeover.lost(
            "A takeover by too small a consent is refused",
            "Whoever approves a takeover consents to a loss, and to less than the gate tells it does"
                + " not count: nothing is promoted; with a consent that covers it the takeover goes"
                + " through, within the declared time and loss.",
            "two-sites-standby")
        .then(new OrderIsRefused(SERVING, FOLLOWER, false, ApprovalFlaw.SMALL_CONSENT))
        .promote(FOLLOWER)
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(2))
        .hold(Duration.ofSeconds(5))
        .heal("site-loss")
        .sufficientFor(Duration.ofSeconds(15))
        .watchFence(SERVING);
  }
}
