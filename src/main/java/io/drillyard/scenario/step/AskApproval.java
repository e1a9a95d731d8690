package io.drillyard.scenario.step;

import io.drillyard.approval.ApprovalFlaw;
import io.drillyard.check.OrdersWereApproved;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.ledger.ApprovalAsked;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Before anything of a planned hand-over is done: is the window open, and do enough approvers
 * approve it? Nothing is lost in it, so that none has to consent to a loss.
 *
 * @param to the cluster that is to take over
 * @param flaw what is wrong with the order on purpose, in a control; null: nothing
 * @param leftOut why it is carried out all the same, in a control; null: what is refused is not
 */
public record AskApproval(ClusterRef to, @Nullable ApprovalFlaw flaw, @Nullable String leftOut)
    implements Step {
  @Override
  public String words() {
    return OrdersWereApproved.PLANNED
        + ", and the window must be open, before %s may take over".formatted(to.words())
        + (flaw == null ? "" : "; the order is one %s, and %s".formatted(flaw.words(), leftOut));
  }

  @Override
  public List<ClusterRef> clusters() {
    return List.of(to);
  }

  @Override
  public ClusterRef promotes() {
    return to;
  }

  @Override
  public Duration limit() {
    return Duration.ofSeconds(30);
  }

  @Override
  public void run(DrillStage stage) {
    if (!stage.approvals().declared()) {
      return;
    }
    ApprovalAsked asked =
        stage
            .approvals()
            .ask(
                stage.cluster(to),
                new PromotionApprovals.Terms(
                    null, false, flaw, flaw == null ? null : flaw.refusal().code()));
    if (!PromotionOrder.open(asked)) {
      throw PromotionOrder.refused(asked);
    }
  }
}
