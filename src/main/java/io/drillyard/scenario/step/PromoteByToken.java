package io.drillyard.scenario.step;

import io.drillyard.check.GateWasRight;
import io.drillyard.cluster.Cluster;
import io.drillyard.declaration.ClusterRef;
import java.time.Duration;
import java.util.List;

/**
 * By a token that is spent the hand-over is finished, however late: the gate is asked, with the
 * token's proof and the other side's state looked at anew, and the cluster that followed is
 * promoted.
 *
 * @param from the cluster that was shut down
 * @param to the one that takes over
 */
public record PromoteByToken(ClusterRef from, ClusterRef to) implements Step {
  @Override
  public String words() {
    return "%s, an operator approves; %s is promoted".formatted(GateWasRight.PLANNED, to.words());
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
    DemoteByToken.token(stage);
    if (!stage.repository().admits(stage.credentials(next))) {
      // It handed over itself before, and lost its account.
      stage.grantAgain(next);
    }
    PromotionOrder.askAgain(stage, next, old, stage.approvals().latest());
    PromotionOrder.promote(
        stage, next, "%s is to take over from %s by token".formatted(next.scope(), old.scope()));
  }
}
