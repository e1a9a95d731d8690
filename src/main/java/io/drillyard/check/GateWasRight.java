package io.drillyard.check;

import io.drillyard.declaration.Rpo;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.ClusterRebuilt;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.GateAsked;
import io.drillyard.ledger.GateConsulted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the gate before a promotion answered was so: the other side accepted nothing where it was
 * called unable to, and no more was lost than the gate's upper end. What it was told is on the
 * ledger, so that its answer is worked out again.
 */
public final class GateWasRight implements Check {
  /** Its name in plans and reports. */
  public static final String NAME = "gateWasRight";

  /** Whoever writes so soon after an answer could write when it was given. */
  private static final Duration SOON = Duration.ofSeconds(1);

  @Override
  public String name() {
    return NAME;
  }

  /** How a plan's step says that it asks. */
  public static final String PLANNED = "the gate is asked";

  /** How a plan's step says that the gate is not to open. */
  public static final String REFUSED = "no command is run, and it answers ";

  /** True where a gate was to be asked, or was; whom Patroni promotes passes none. */
  static boolean applies(LedgerViews history) {
    return LedgerDeclarations.planned(history, PLANNED)
        || !history.of(GateAsked.class).isEmpty()
        || !history.of(GateConsulted.class).isEmpty();
  }

  @Override
  public Finding judge(LedgerViews history, Target target) {
    return CheckGuard.judge(NAME, history, target, GateWasRight::assess);
  }

  private static Finding assess(LedgerViews history, Target target) {
    FindingBuilder draft = new FindingBuilder(NAME, "the gate's answer was right");
    List<String> wrong = new ArrayList<>();
    List<String> doubts = new ArrayList<>();
    if (history.of(GateAsked.class).isEmpty() && LedgerDeclarations.planned(history, PLANNED)) {
      doubts.add("the gate was not asked");
    }
    history.of(GateConsulted.class).forEach(c -> consulted(history, c, target, wrong, doubts));
    for (GateAsked gate : history.of(GateAsked.class)) {
      answer(gate, target, wrong);
      if (refused(history, gate)) {
        if (looked(history, gate, OrdersWereApproved.RUN_ALL_THE_SAME)) {
          wrong.add("something was run although the gate answered " + gate.answer());
        }
        blocked(history, gate, doubts);
        continue;
      }
      otherSide(history, gate, wrong, doubts);
      loss(draft, history, target, gate, wrong, doubts);
    }
    planned(history, doubts);
    obeyed(history, target, wrong, doubts);
    draft.details(wrong);
    if (!wrong.isEmpty()) {
      return draft.missed("gate-was-wrong", wrong.getFirst());
    }
    draft.details(doubts);
    return doubts.isEmpty()
        ? draft.met(
            "gate-was-right", "the other side was as the gate said, and so was what was lost")
        : draft.undetermined("gate-in-doubt", doubts.getFirst());
  }

  /** True of an answer that did not open, after which command logs were looked at. */
  private static boolean refused(LedgerViews history, GateAsked gate) {
    return !gate.answer().equals(PromotionGate.Answer.SAFE.word())
        && gate.attested() == null
        && gate.leftOut() == null
        && (looked(history, gate, OrdersWereApproved.NOTHING_RUN)
            || looked(history, gate, OrdersWereApproved.RUN_ALL_THE_SAME));
  }

  private static boolean looked(LedgerViews history, GateAsked gate, String verb) {
    return history.of(Event.Action.class).stream()
        .anyMatch(
            look ->
                look.verb().equals(verb)
                    && look.subject().equals(gate.cluster())
                    && look.at().startNs() <= gate.at().endNs()
                    && look.at().endNs() >= gate.at().endNs());
  }

  /** Whoever is said to serve was seen to accept commits then. */
  private static void blocked(LedgerViews history, GateAsked gate, List<String> doubts) {
    if (gate.answer().equals(PromotionGate.Answer.BLOCKED.word())
        && history.spells().stream()
            .noneMatch(
                span ->
                    !gate.cluster().equals(history.cluster(span.member()))
                        && span.firstSentNs() <= gate.at().endNs()
                        && span.lastReturnedNs() >= gate.at().startNs())) {
      doubts.add("the gate said that another side serves, and nobody saw it accept a commit");
    }
  }

  /** Every refusal that was planned was tried. */
  private static void planned(LedgerViews history, List<String> doubts) {
    for (PromotionGate.Answer answer : PromotionGate.Answer.values()) {
      long due = LedgerDeclarations.plannedTimes(history, REFUSED + answer.word());
      long tried =
          history.of(GateAsked.class).stream()
              .filter(g -> g.answer().equals(answer.word()) && refused(history, g))
              .count();
      if (tried < due) {
        doubts.add(
            "the gate was to refuse %d times with %s, and was seen to %d times"
                .formatted(due, answer.word(), tried));
      }
    }
  }

  /** Nobody promotes what the gate did not open, unless a control says that it leaves that out. */
  private static void obeyed(
      LedgerViews history, Target target, List<String> wrong, List<String> doubts) {
    for (Event.Action approval : history.of(Event.Action.class)) {
      if (!approval.verb().equals(PromotionApproval.APPROVAL)) {
        continue;
      }
      GateAsked last = null;
      for (GateAsked gate : history.of(GateAsked.class)) {
        if (gate.cluster().equals(approval.subject())
            && gate.at().endNs() <= approval.at().startNs()) {
          last = gate;
        }
      }
      if (last == null) {
        doubts.add("nobody asked the gate before %s was promoted".formatted(approval.subject()));
      } else if (!opened(last) && (last.leftOut() == null || target.control() == null)) {
        wrong.add(
            "%s was promoted although the gate answered %s"
                .formatted(approval.subject(), last.answer()));
      } else {
        long agoNs = approval.at().startNs() - last.at().endNs();
        long ownNs = agoNs - history.stalls().within(last.at().endNs(), approval.at().startNs());
        long mostNs = PromotionGate.LOOK_AGE_MAX.toNanos();
        if (agoNs > mostNs) {
          // Where only the harness stood still the answer is as old, and nobody's fault.
          (ownNs > mostNs ? wrong : doubts)
              .add(
                  "%s was promoted by an answer of the gate that was %s old"
                      .formatted(approval.subject(), FindingBuilder.seconds(agoNs / 1e6)));
        }
      }
    }
  }

  /** No attestation opens what is BLOCKED, or has no answer. */
  private static boolean opened(GateAsked gate) {
    return gate.answer().equals(PromotionGate.Answer.SAFE.word())
        || (gate.answer().equals(PromotionGate.Answer.OPERATOR_GATED.word())
            && gate.attested() != null);
  }

  /** The answer follows from what was read. */
  private static void answer(GateAsked gate, Target target, List<String> wrong) {
    answer(gate.look(), gate.rpoMs(), gate.answer(), gate.lossUpperMs(), target, wrong);
  }

  private static void answer(
      GateAsked.Look look,
      @Nullable Double rpoMs,
      String answer,
      @Nullable Double lossUpperMs,
      Target target,
      List<String> wrong) {
    if (!Objects.equals(rpoMs, target.objective().rpo().ms())) {
      wrong.add("the gate was asked by another RPO than the one that is declared");
    }
    PromotionGate.Result due = PromotionGate.ask(look, rpoMs);
    if (!due.answer().word().equals(answer)) {
      wrong.add(
          "the gate answered %s, and by what it read it had to answer %s"
              .formatted(answer, due.answer().word()));
    } else if (!Objects.equals(due.lossUpperMs(), lossUpperMs)) {
      wrong.add("the gate told another upper end of the loss than what it read gives");
    }
  }

  /**
   * Somebody asked, and ordered nothing by it: what may have come afterwards, the drill's own next
   * step, says nothing against the answer. Whoever it called unable to write wrote nothing while it
   * looked.
   */
  private static void consulted(
      LedgerViews history,
      GateConsulted asked,
      Target target,
      List<String> wrong,
      List<String> doubts) {
    boolean safe = asked.answer().equals(PromotionGate.Answer.SAFE.word());
    if (asked.look() != null) {
      answer(asked.look(), asked.rpoMs(), asked.answer(), asked.lossUpperMs(), target, wrong);
    } else if (!asked.answer().equals(PromotionGate.Answer.NO_ANSWER.word())) {
      wrong.add("the gate answered %s without a look".formatted(asked.answer()));
    }
    if (!safe) {
      return;
    }
    for (MemberCommitSpan span : history.spells()) {
      Event.Member member = history.members().get(span.member());
      if (member == null || member.cluster().equals(asked.cluster())) {
        continue;
      }
      long end = asked.at().endNs();
      if (commits(span, end, end + SOON.toNanos())) {
        wrong.add(
            "%s accepted commits when the gate called %s unable to write"
                .formatted(span.words(), asked.other()));
      } else if (commits(span, end - oldestNs(asked.look()), end)) {
        doubts.add("%s accepted commits while the gate looked".formatted(span.words()));
      }
    }
    doubts.addAll(ProbeCoverage.gaps(history));
  }

  /** How long before the answer the first member was looked at: what it wrote before is allowed. */
  private static long oldestNs(GateAsked.@Nullable Look look) {
    return look == null
        ? 0
        : (long)
            (look.members().stream().mapToDouble(GateAsked.MemberSeen::ageMs).max().orElse(0)
                * 1e6);
  }

  /** True when a member accepted a commit that was sent between these moments. */
  private static boolean commits(MemberCommitSpan span, long fromNs, long toNs) {
    return span.commits().stream()
        .anyMatch(c -> c.at().startNs() >= fromNs && c.at().startNs() <= toNs);
  }

  /** Who was called unable to write wrote nothing since. */
  private static void otherSide(
      LedgerViews history, GateAsked gate, List<String> wrong, List<String> doubts) {
    if (!gate.answer().equals(PromotionGate.Answer.SAFE.word())) {
      return;
    }
    for (MemberCommitSpan span : history.spells()) {
      Event.Member member = history.members().get(span.member());
      if (member == null || member.cluster().equals(gate.cluster())) {
        continue;
      }
      if (span.firstSentNs() >= rebuiltNs(history, gate, member.cluster())) {
        // Of an incarnation that the answer was not about.
        continue;
      }
      if (span.lastSentNs() > gate.at().endNs()) {
        wrong.add(
            "%s accepted commits after the gate had called %s unable to write"
                .formatted(span.words(), gate.other()));
      } else if (span.lastReturnedNs() >= gate.at().startNs()) {
        doubts.add("%s accepted commits while the gate looked".formatted(span.words()));
      }
    }
    doubts.addAll(ProbeCoverage.gaps(history));
  }

  /** When a cluster was first made anew after that answer; the end of time when it never was. */
  private static long rebuiltNs(LedgerViews history, GateAsked gate, String cluster) {
    return history.of(ClusterRebuilt.class).stream()
        .filter(r -> r.cluster().equals(cluster) && r.at().startNs() >= gate.at().endNs())
        .mapToLong(r -> r.at().startNs())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private static void loss(
      FindingBuilder draft,
      LedgerViews history,
      Target target,
      GateAsked gate,
      List<String> wrong,
      List<String> doubts) {
    Double upperMs = gate.lossUpperMs();
    if (upperMs == null) {
      doubts.add("the gate told no upper end of what would be lost");
      return;
    }
    SurvivingRows survivors = history.survivors(target);
    String problem = survivors.problem();
    if (problem != null) {
      doubts.add(problem);
      return;
    }
    WriteSurvival losses = new WriteSurvival(history, survivors);
    Finding.Measured measured =
        losses.measured(
            new Rpo.Time(Duration.ofNanos((long) (upperMs * 1e6))), history.faults().disruption());
    draft.measured(measured);
    switch (FindingBuilder.against(measured)) {
      case MISSED -> {
        boolean safe = gate.answer().equals(PromotionGate.Answer.SAFE.word());
        // What somebody attested wrongly, and what was written meanwhile, is no fault of the gate.
        boolean later =
            losses.lost().stream().anyMatch(w -> w.at().startNs() > gate.at().startNs());
        (safe || !later ? wrong : doubts)
            .add(
                "more was lost than the gate's upper end of %s"
                    .formatted(FindingBuilder.seconds(upperMs)));
      }
      case UNDETERMINED ->
          doubts.add(
              "whether more was lost than the gate's upper end of %s is not decided"
                  .formatted(FindingBuilder.seconds(upperMs)));
      case MET -> {}
    }
  }
}
