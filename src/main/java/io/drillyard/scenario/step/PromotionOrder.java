package io.drillyard.scenario.step;

import io.drillyard.check.PromotionGate;
import io.drillyard.cluster.Cluster;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.GateAsked;
import io.drillyard.ledger.Ledger;
import org.jspecify.annotations.Nullable;

/** The gate before a promotion: asked, written down, and obeyed. */
final class PromotionOrder {
  /** Who attests and approves where the drill does it itself. */
  static final String SIMULATED = "simulated operator";

  private PromotionOrder() {}

  /** Carries an approved promotion of a cluster that follows another one out. */
  static void promote(DrillStage stage, Cluster standby, String why) {
    Ledger ledger = stage.ledger();
    OperatorActions.approve(ledger, standby, why);
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

  /**
   * Asks whether a cluster may take over from another one; returns when it may.
   *
   * @param leftOut why the answer is not obeyed, in a control; null: it is
   * @throws HostException when it may not: nothing has been executed then
   */
  static void ask(DrillStage stage, Cluster candidate, Cluster other, @Nullable String leftOut) {
    Ledger ledger = stage.ledger();
    long start = ledger.now();
    GateAsked.Look look = new PromotionGateReader(stage, candidate, other).look();
    Double rpoMs = stage.rpoMs();
    PromotionGate.Result result = PromotionGate.ask(look, rpoMs);
    boolean attested = result.answer() == PromotionGate.Answer.OPERATOR_GATED;
    ledger.append(
        new GateAsked(
            ledger.since(start),
            candidate.scope(),
            other.scope(),
            look,
            rpoMs,
            result.answer().word(),
            result.lossUpperMs(),
            result.reasons(),
            attested ? SIMULATED : null,
            leftOut));
    boolean open = attested || result.answer() == PromotionGate.Answer.SAFE;
    if (!open && leftOut == null) {
      throw new HostException(
          "the gate before the promotion of %s answers %s: %s"
              .formatted(candidate.scope(), result.answer().word(), result.reasons().getFirst()));
    }
  }
}
