package io.drillyard.scenario.step;

import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.ClusterDemotion;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Ledger;
import java.time.Duration;
import java.util.List;

/**
 * The cluster that handed over starts again, as a standby cluster of the one that took over:
 * nothing is copied and nothing is rewound, for that one has replayed its shutdown.
 *
 * @param from the cluster that was shut down
 * @param to the one that serves
 */
public record FollowAgain(ClusterRef from, ClusterRef to) implements Step {
  @Override
  public String words() {
    return "an operator starts %s again, which follows %s".formatted(from.words(), to.words());
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
    Ledger ledger = stage.ledger();
    Cluster old = stage.cluster(from);
    Cluster next = stage.cluster(to);
    long start = ledger.now();
    next.keepSlotFor(old.plan());
    ClusterDemotion demotion = new ClusterDemotion(old);
    demotion.resume();
    demotion.awaitFollowing();
    ledger.append(
        new Event.Action(
            ledger.since(start),
            OperatorActions.OPERATOR,
            "follow",
            old.scope(),
            "every member streams, from %s or from its own leader".formatted(next.scope())));
  }
}
