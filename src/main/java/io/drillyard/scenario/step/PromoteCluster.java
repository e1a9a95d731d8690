package io.drillyard.scenario.step;

import io.drillyard.check.GateWasRight;
import io.drillyard.check.OrdersWereApproved;
import io.drillyard.cluster.Cluster;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.host.HostException;
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
        + ", "
        + OrdersWereApproved.PLANNED
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
  public ClusterRef promotes() {
    return which;
  }

  @Override
  public Duration limit() {
    return Duration.ofMinutes(4);
  }

  @Override
  public void run(DrillStage stage) {
    Cluster standby = stage.cluster(which);
    Cluster lost = stage.cluster(ClusterRef.named(followed(standby)));
    PromotionOrder.ask(stage, standby, lost, null);
    PromotionOrder.promote(
        stage, standby, "%s is to take over from %s".formatted(standby.scope(), lost.scope()));
    PromotionOrder.settle(stage, standby);
  }
}
