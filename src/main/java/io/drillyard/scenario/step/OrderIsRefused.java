package io.drillyard.scenario.step;

import io.drillyard.approval.ApprovalFlaw;
import io.drillyard.check.OrdersWereApproved;
import io.drillyard.cluster.Cluster;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.host.HostException;
import io.drillyard.ledger.ApprovalAsked;
import java.time.Duration;
import java.util.List;

/**
 * Somebody orders a promotion that must be refused, and nothing comes of it: the command logs of
 * both clusters' hosts are looked at.
 *
 * @param from the cluster that serves, or served
 * @param to the one that is to take over
 * @param planned it is a hand-over in peace; false: the other one is lost, and the gate is asked
 * @param flaw what is wrong with the order
 */
public record OrderIsRefused(ClusterRef from, ClusterRef to, boolean planned, ApprovalFlaw flaw)
    implements Step {
  @Override
  public String words() {
    return "an operator orders that %s take over, %s: %s, %s"
        .formatted(
            to.words(), flaw.words(), OrdersWereApproved.PLANNED, OrdersWereApproved.REFUSED);
  }

  @Override
  public List<ClusterRef> clusters() {
    return List.of(from, to);
  }

  @Override
  public Duration limit() {
    return Duration.ofMinutes(1);
  }

  @Override
  public void run(DrillStage stage) throws InterruptedException {
    Cluster old = stage.cluster(from);
    Cluster next = stage.cluster(to);
    if (!stage.approvals().declared()) {
      throw new HostException("nobody is declared who approves: nothing can be refused");
    }
    PromotionOrder.Gate gate = planned ? null : PromotionOrder.gate(stage, next, old);
    NothingIsRun watch = NothingIsRun.on(stage, List.of(old, next));
    ApprovalAsked asked =
        gate == null
            ? stage.approvals().ask(next, new PromotionApprovals.Terms(null, false, flaw, null))
            : gate.openable() ? PromotionOrder.approvals(stage, gate, flaw) : null;
    if (gate != null) {
      PromotionOrder.write(stage, gate, PromotionOrder.attested(stage, gate, asked), null);
    }
    if (asked == null) {
      throw new HostException("the gate forbids it before any approval is asked for");
    }
    watch.look(next);
  }
}
