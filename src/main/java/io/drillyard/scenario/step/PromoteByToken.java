package io.drillyard.scenario.step;

import io.drillyard.check.GateWasRight;
import io.drillyard.cluster.Cluster;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.ledger.HandoverToken;
import io.drillyard.ledger.TokenDecided;
import java.time.Duration;
import java.util.List;

/**
 * The token is marked as spent, by an object that can be made only once: from here there is no way
 * back. Then the gate is asked, with the token's proof and the other side's state looked at anew,
 * and the cluster that followed is promoted.
 *
 * @param from the cluster that was shut down
 * @param to the one that takes over
 */
public record PromoteByToken(ClusterRef from, ClusterRef to) implements Step {
  @Override
  public String words() {
    return "the token is marked as spent; %s, an operator approves; %s is promoted, and archives to its own path"
        .formatted(GateWasRight.PLANNED, to.words());
  }

  @Override
  public List<ClusterRef> clusters() {
    return List.of(from, to);
  }

  @Override
  public Duration limit() {
    return Duration.ofMinutes(4);
  }

  @Override
  public void run(DrillStage stage) {
    Cluster old = stage.cluster(from);
    Cluster next = stage.cluster(to);
    HandoverToken token = DemoteByToken.token(stage);
    TokenDecision.decide(stage, token, TokenDecided.SPENT);
    if (!stage.repository().admits(stage.credentials(next))) {
      // It handed over itself before, and lost its account.
      stage.grantAgain(next);
    }
    PromotionOrder.ask(stage, next, old, null);
    PromotionOrder.promote(
        stage, next, "%s is to take over from %s by token".formatted(next.scope(), old.scope()));
  }
}
