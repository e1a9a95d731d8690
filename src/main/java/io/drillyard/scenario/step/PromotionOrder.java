package io.drillyard.scenario.step;

import io.drillyard.approval.Approval;
import io.drillyard.approval.ApprovalFlaw;
import io.drillyard.approval.ApprovalRules;
import io.drillyard.approval.Refusal;
import io.drillyard.approval.SimulatedApprovers;
import io.drillyard.check.PromotionGate;
import io.drillyard.cluster.Cluster;
import io.drillyard.declaration.ApprovalPolicy;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.ledger.ApprovalAsked;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.GateAsked;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What comes before a promotion: gate and approvals, asked, written down, and obeyed. */
final class PromotionOrder {
  /** If people took longer, the other side is looked at once more. */
  private static final Duration STALE = PromotionGate.LOOK_AGE_MAX.dividedBy(3);

  private PromotionOrder() {}

  /**
   * What the gate answered.
   *
   * @param asked from when it began to look until its answer
   */
  record Gate(
      Cluster candidate,
      Cluster other,
      GateAsked.Look look,
      PromotionGate.Result result,
      @Nullable Double rpoMs,
      Interval asked) {
    /** True where nothing but a person's word is missing, if that. */
    boolean openable() {
      return result.answer() == PromotionGate.Answer.SAFE || gated();
    }

    /** True where somebody has to attest that the other side is fenced. */
    boolean gated() {
      return result.answer() == PromotionGate.Answer.OPERATOR_GATED;
    }
  }

  /** The gate does not open; nothing has been executed. */
  static final class GateShut extends HostException {
    private static final long serialVersionUID = 1;
    private final PromotionGate.Answer answer;

    GateShut(String cluster, PromotionGate.Answer answer, String why) {
      super(
          "the gate before the promotion of %s answers %s: %s"
              .formatted(cluster, answer.word(), why));
      this.answer = answer;
    }

    PromotionGate.Answer answer() {
      return answer;
    }
  }

  /** Carries an approved promotion of a cluster that follows another one out. */
  static void promote(DrillStage stage, Cluster standby, String why) {
    Ledger ledger = stage.ledger();
    OperatorActions.approve(ledger, standby, why);
    long start = ledger.now();
    // Begun here: the promotion comes within the order, and an order that came after it is none.
    Host promoted = standby.detach(PromotionGate.LOOK_AGE_MAX.dividedBy(3));
    ledger.append(
        new Event.Action(
            ledger.since(start),
            OperatorActions.OPERATOR,
            "promote",
            standby.scope(),
            promoted.name() + " leads, and follows nobody any more"));
    stage.servesNow(standby);
  }

  /** A cluster that was promoted archives to its own path, and its standbys follow its leader. */
  static void settle(DrillStage stage, Cluster promoted) {
    Host leader = promoted.leader();
    OperatorActions.archive(stage.ledger(), promoted, leader);
    promoted.awaitReplicas(leader.name());
  }

  /** Looks for the gate; its answer is not written down yet. */
  static Gate gate(DrillStage stage, Cluster candidate, Cluster other) {
    long start = stage.ledger().now();
    GateAsked.Look look = new PromotionGateReader(stage, candidate, other).look();
    Double rpoMs = stage.objective().rpo().ms();
    return new Gate(
        candidate, other, look, PromotionGate.ask(look, rpoMs), rpoMs, stage.ledger().since(start));
  }

  /** The answer by what was seen before, when it is asked for only now. */
  static Gate aged(DrillStage stage, Gate gate) {
    long now = stage.ledger().now();
    GateAsked.Look look = gate.look().aged((now - gate.asked().endNs()) / 1e6);
    return new Gate(
        gate.candidate(),
        gate.other(),
        look,
        PromotionGate.ask(look, gate.rpoMs()),
        gate.rpoMs(),
        new Interval(gate.asked().startNs(), now));
  }

  /**
   * Asks whether a cluster may take over from another one that is lost, and whether that was
   * approved; returns when it may.
   *
   * @param leftOut why the gate's answer is not obeyed, in a control; null: it is
   * @throws HostException when it may not: nothing has been executed then
   */
  static void ask(DrillStage stage, Cluster candidate, Cluster other, @Nullable String leftOut) {
    Gate gate = gate(stage, candidate, other);
    ApprovalAsked asked = gate.openable() || leftOut != null ? approvals(stage, gate, null) : null;
    if (asked != null && asked.at().lengthNs() > STALE.toNanos()) {
      write(stage, gate, null, leftOut);
      gate = later(stage, gate, asked);
    }
    answer(stage, gate, attested(stage, gate, asked), leftOut);
    if (asked != null && !open(asked)) {
      throw refused(asked);
    }
  }

  /**
   * Looks once more, after people had taken their time. What would be lost is what it was when the
   * gate was asked first only where the other side was seen unable to write then: it wrote nothing
   * in between. Otherwise nobody consented to what may have come since.
   */
  private static Gate later(DrillStage stage, Gate first, ApprovalAsked asked) {
    Gate now = gate(stage, first.candidate(), first.other());
    if (first.result().answer() != PromotionGate.Answer.SAFE) {
      Double consented = asked.order().lossUpperMs();
      Double upper = now.result().lossUpperMs();
      if (upper == null || (consented != null && upper > consented)) {
        write(stage, now, null, null);
        throw new HostException(
            "more may be lost by now than when the promotion of %s was approved"
                .formatted(asked.cluster()));
      }
      return now;
    }
    GateAsked.Look then = first.look();
    GateAsked.Look look =
        new GateAsked.Look(
            now.look().members(),
            now.look().fence(),
            then.follows(),
            then.standby(),
            then.archive(),
            then.tookMs(),
            now.look().handover());
    return new Gate(
        first.candidate(),
        first.other(),
        look,
        PromotionGate.ask(look, now.rpoMs()),
        now.rpoMs(),
        now.asked());
  }

  /**
   * Asks for approvals of a promotion.
   *
   * @param flaw what is wrong with the order on purpose; null: nothing
   * @return null where nobody is declared who approves
   */
  static @Nullable ApprovalAsked approvals(
      DrillStage stage, Gate gate, @Nullable ApprovalFlaw flaw) {
    return stage.approvals().declared()
        ? stage
            .approvals()
            .ask(
                gate.candidate(),
                new PromotionApprovals.Terms(gate.result().lossUpperMs(), gate.gated(), flaw, null))
        : null;
  }

  /** Asks the gate once more, of a hand-over that was approved. */
  static void askAgain(
      DrillStage stage, Cluster candidate, Cluster other, @Nullable ApprovalAsked approved) {
    Gate gate = gate(stage, candidate, other);
    answer(stage, gate, attested(stage, gate, approved), null);
  }

  /** Writes the gate's answer down, and obeys it. */
  private static void answer(
      DrillStage stage, Gate gate, @Nullable String attested, @Nullable String leftOut) {
    write(stage, gate, attested, leftOut);
    PromotionGate.Result result = gate.result();
    boolean open = result.answer() == PromotionGate.Answer.SAFE || attested != null;
    if (!open && leftOut == null) {
      throw new GateShut(gate.candidate().scope(), result.answer(), result.reasons().getFirst());
    }
  }

  /** Writes the gate's answer down. */
  static void write(
      DrillStage stage, Gate gate, @Nullable String attested, @Nullable String leftOut) {
    Ledger ledger = stage.ledger();
    PromotionGate.Result result = gate.result();
    ledger.append(
        new GateAsked(
            gate.asked(),
            gate.candidate().scope(),
            gate.other().scope(),
            gate.look(),
            gate.rpoMs(),
            result.answer().word(),
            result.lossUpperMs(),
            result.reasons(),
            attested,
            leftOut));
  }

  /** Who attests that the other side is fenced; null: nobody, or nobody has to. */
  static @Nullable String attested(DrillStage stage, Gate gate, @Nullable ApprovalAsked asked) {
    if (!gate.gated()) {
      return null;
    }
    if (asked == null) {
      return stage.approvals().declared() ? null : SimulatedApprovers.SIMULATED;
    }
    if (asked.breakGlass() != null) {
      return "nobody: an emergency was declared";
    }
    ApprovalPolicy policy = stage.objective().approval();
    if (policy != null && asked.granted()) {
      for (Approval approval :
          ApprovalRules.ask(
                  policy,
                  asked.order(),
                  Instant.parse(asked.clock()),
                  asked.standIns(),
                  asked.envelopes())
              .counted()
              .values()) {
        Approval.FenceAttestation fence = approval.fence();
        if (fence != null) {
          return fence.by();
        }
      }
    }
    return null;
  }

  /** True when an order may be carried out: by the rules, in an emergency, or but for one rule. */
  static boolean open(ApprovalAsked asked) {
    return asked.carriedOut()
        && (asked.breakGlass() != null
            || asked.refusals().stream()
                .allMatch(
                    code ->
                        code.equals(asked.leftOut())
                            || code.equals(Refusal.TOO_FEW_APPROVALS.code())));
  }

  /** That it may not. */
  static HostException refused(ApprovalAsked asked) {
    return new HostException(
        "the promotion of %s is refused: %s"
            .formatted(asked.cluster(), String.join(", ", asked.refusals())));
  }
}
