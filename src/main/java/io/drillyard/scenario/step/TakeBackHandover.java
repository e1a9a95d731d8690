package io.drillyard.scenario.step;

import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.ClusterDemotion;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.HandoverToken;
import io.drillyard.ledger.Ledger;
import io.drillyard.ledger.TokenDecided;
import java.time.Duration;
import java.util.List;

/**
 * Somebody says stop before the token is spent: it is made void, what was done to the cluster that
 * was shut down is taken back, and it serves again; the other one follows on.
 *
 * @param from the cluster that was shut down, and serves again
 */
public record TakeBackHandover(ClusterRef from) implements Step {
  @Override
  public String words() {
    return "an operator says stop: the token is made void, %s follows nobody, gets its account back and serves again"
        .formatted(from.words());
  }

  @Override
  public List<ClusterRef> clusters() {
    return List.of(from);
  }

  @Override
  public Duration limit() {
    return Duration.ofMinutes(4);
  }

  @Override
  public void run(DrillStage stage) {
    takeBack(stage, from);
  }

  /** What was done so far is taken back, whatever for. */
  static void takeBack(DrillStage stage, ClusterRef from) {
    Ledger ledger = stage.ledger();
    Cluster old = stage.cluster(from);
    HandoverToken token = DemoteByToken.token(stage);
    TokenDecision.decide(stage, token, TokenDecided.VOID);
    long start = ledger.now();
    ClusterDemotion demotion = new ClusterDemotion(old);
    demotion.followNobody();
    if (!stage.repository().admits(stage.credentials(old))) {
      stage.grantAgain(old);
    }
    demotion.resume();
    demotion.awaitServing();
    ledger.append(
        new Event.Action(
            ledger.since(start),
            OperatorActions.OPERATOR,
            "promote",
            old.scope(),
            "serves again: the hand-over is taken back"));
  }
}
