package io.drillyard.scenario.step;

import io.drillyard.check.GateWasRight;
import io.drillyard.check.PromotionGate;
import io.drillyard.cluster.Cluster;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.host.HostException;
import io.drillyard.ledger.PacedWait;
import java.time.Duration;
import java.util.List;

/**
 * Somebody orders a promotion that the gate must not open, and nothing comes of it: no approval is
 * asked for, and no command is run.
 *
 * @param from the cluster that serves, or served
 * @param to the one that is to take over
 * @param why it must not
 */
public record GateRefuses(ClusterRef from, ClusterRef to, Why why) implements Step {
  /** Why the gate must not open. */
  public enum Why {
    /** The other side serves: whoever is promoted would resume a history that it has left. */
    OTHER_SERVES("although the other one serves", PromotionGate.Answer.BLOCKED),
    /** What was seen of the other side is older than anything may be that opens the gate. */
    STALE_LOOK("by what was seen a while ago", PromotionGate.Answer.OPERATOR_GATED);

    private final String words;
    private final PromotionGate.Answer due;

    Why(String words, PromotionGate.Answer due) {
      this.words = words;
      this.due = due;
    }
  }

  private static final Duration OLDER = PromotionGate.LOOK_AGE_MAX.plusSeconds(1);

  @Override
  public String words() {
    return "an operator orders that %s take over, %s: %s, %s"
        .formatted(
            to.words(), why.words, GateWasRight.PLANNED, GateWasRight.REFUSED + why.due.word());
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
    NothingIsRun watch = NothingIsRun.on(stage, List.of(old, next));
    PromotionGate.Answer answer =
        why == Why.STALE_LOOK ? aged(stage, next, old) : ordered(stage, next, old);
    if (answer != why.due) {
      throw new HostException(
          "the gate was to answer %s, and answers %s: nobody is promoted"
              .formatted(why.due.word(), answer.word()));
    }
    watch.look(next);
  }

  /** By a look that opened the gate when it was fresh. */
  private static PromotionGate.Answer aged(DrillStage stage, Cluster next, Cluster old)
      throws InterruptedException {
    PromotionOrder.Gate fresh = PromotionOrder.gate(stage, next, old);
    if (fresh.result().answer() != PromotionGate.Answer.SAFE) {
      throw new HostException(
          "a fresh look does not open the gate: nothing is shown by an old one");
    }
    PacedWait.pause(OLDER);
    PromotionOrder.Gate gate = PromotionOrder.aged(stage, fresh);
    PromotionOrder.write(stage, gate, null, null);
    return gate.result().answer();
  }

  /**
   * As every promotion is ordered, with whatever was handed in: an emergency that was declared
   * opens nothing here.
   */
  private static PromotionGate.Answer ordered(DrillStage stage, Cluster next, Cluster old) {
    try {
      PromotionOrder.ask(stage, next, old, null);
    } catch (PromotionOrder.GateShut e) {
      return e.answer();
    }
    throw new HostException("the gate opened, and nobody goes on");
  }
}
