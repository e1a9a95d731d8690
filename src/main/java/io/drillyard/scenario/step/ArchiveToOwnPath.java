package io.drillyard.scenario.step;

import io.drillyard.declaration.ClusterRef;
import java.time.Duration;
import java.util.List;

/**
 * After a hand-over, when the clients have been let in: the cluster that took over archives to its
 * own path, which is checked, and its standbys follow its leader.
 *
 * @param which cluster took over
 */
public record ArchiveToOwnPath(ClusterRef which) implements Step {
  @Override
  public String words() {
    return which.words() + " archives to its own path, and its standbys follow";
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
    PromotionOrder.settle(stage, stage.cluster(which));
  }
}
