package io.drillyard.scenario.step;

import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.ClusterDemotion;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Ledger;
import java.time.Duration;
import java.util.List;

/**
 * A cluster that was to take over and did not follows on: clients did not wait for that.
 *
 * @param which cluster
 */
public record FollowOn(ClusterRef which) implements Step {
  @Override
  public String words() {
    return "every member of %s streams again".formatted(which.words());
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
    Cluster cluster = stage.cluster(which);
    long start = ledger.now();
    new ClusterDemotion(cluster).awaitFollowing();
    ledger.append(
        new Event.Action(
            ledger.since(start), "harness", "follows-on", cluster.scope(), "every member streams"));
  }
}
