package io.drillyard.scenario.step;

import io.drillyard.approval.ApprovalFlaw;
import io.drillyard.cluster.Cluster;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.host.HostException;
import io.drillyard.ledger.ApprovalAsked;
import io.drillyard.ledger.HandoverToken;
import io.drillyard.ledger.TokenDecided;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Window and approvals are asked for once more. If they still hold, the token is marked as spent,
 * by an object that can be made only once: from here there is no way back. If they do not, the
 * token is made void and the hand-over taken back.
 *
 * @param from the cluster that was shut down
 * @param to the one that takes over
 * @param expected what the plan wants it to be taken back for; null: it is to go through
 */
public record SpendToken(ClusterRef from, ClusterRef to, @Nullable ApprovalFlaw expected)
    implements Step {
  @Override
  public String words() {
    return expected == null
        ? "what was approved is asked for again, and the token is marked as spent"
        : "before the token would be spent the order is one %s: the token is made void, and %s serves again"
            .formatted(expected.words(), from.words());
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
    HandoverToken token = DemoteByToken.token(stage);
    ApprovalAsked approved =
        stage.approvals().declared() ? stage.approvals().again(stage.cluster(to), expected) : null;
    if (approved != null && !PromotionOrder.open(approved)) {
      TakeBackHandover.takeBack(stage, from);
      if (expected == null) {
        OpenRoute.open(stage, old);
        throw PromotionOrder.refused(approved);
      }
      return;
    }
    if (expected != null) {
      throw new HostException(
          "the hand-over was to be taken back, and nothing speaks against it: nobody is promoted");
    }
    TokenDecision.decide(stage, token, TokenDecided.SPENT);
  }
}
