package io.drillyard.scenario.step;

import io.drillyard.check.GateWasRight;
import io.drillyard.cluster.Cluster;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Ledger;
import java.time.Duration;
import java.util.List;

/**
 * The gate is asked, an operator approves and orders: the standby cluster follows nobody any more,
 * is promoted on a new timeline, and archives to a path of its own.
 *
 * @param which cluster that follows another one
 */
public record PromoteCluster(ClusterRef which) implements Step {
  @Override
  public String words() {
    return GateWasRight.PLANNED
        + ", an operator approves; %s is promoted, and archives to its own path"
            .formatted(which.words());
  }

  private static String followed(Cluster standby) {
    String followed = standby.plan().follows();
    if (followed == null) {
      throw new HostException(standby.plan().name() + " follows no cluster: nothing to promote");
    }
    return followed;
  }

  @Override
  public List<ClusterRef> clusters() {
    return List.of(which);
  }

  @Override
  public Duration limit() {
    return Duration.ofMinutes(4);
  }

  @Override
  public void run(DrillStage stage) {
    Ledger ledger = stage.ledger();
    Cluster standby = stage.cluster(which);
    Cluster lost = stage.cluster(ClusterRef.named(followed(standby)));
    PromotionOrder.ask(stage, standby, lost, null);
    OperatorActions.approve(
        ledger, standby, "%s is to take over from %s".formatted(standby.scope(), lost.scope()));
    long start = ledger.now();
    // Begun here: the promotion comes within the order, and an order that came after it is none.
    Host promoted = standby.detach();
    ledger.append(
        new Event.Action(
            ledger.since(start),
            OperatorActions.OPERATOR,
            "promote",
            standby.scope(),
            promoted.name() + " leads, and follows nobody any more"));
    stage.servesNow(standby);
    OperatorActions.archive(ledger, standby, promoted);
    standby.awaitReplicas(promoted.name());
  }
}
