package io.drillyard.scenario.step;

import io.drillyard.cluster.Cluster;
import io.drillyard.host.Host;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Ledger;
import java.time.Duration;

/**
 * An operator approves and orders: the standby cluster follows nobody any more, is promoted on a
 * new timeline, and archives to a path of its own.
 */
public record PromoteSecondSite() implements Step {
  @Override
  public String words() {
    return "an operator approves; the standby cluster at the second site is promoted, and archives"
        + " to its own path";
  }

  @Override
  public Duration limit() {
    return Duration.ofMinutes(4);
  }

  @Override
  public void run(Stage stage) {
    Ledger ledger = stage.ledger();
    Cluster lost = stage.primaryCluster();
    Cluster standby = stage.recoveryCluster();
    SecondSite.approve(
        ledger, standby, "%s is to take over from %s".formatted(standby.scope(), lost.scope()));
    long start = ledger.now();
    // Begun here: the promotion comes within the order, and an order that came after it is none.
    Host promoted = standby.detach();
    ledger.append(
        new Event.Action(
            ledger.since(start),
            SecondSite.OPERATOR,
            "promote",
            standby.scope(),
            promoted.name() + " leads, and follows nobody any more"));
    SecondSite.archive(ledger, standby, promoted);
    standby.awaitReplicas(promoted.name());
  }
}
