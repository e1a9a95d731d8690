package io.drillyard.check;

import io.drillyard.declaration.Rpo;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.GateAsked;
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

  @Override
  public String name() {
    return NAME;
  }

  /** True where a gate was asked; whom Patroni promotes passes none. */
  static boolean applies(LedgerViews history) {
    return !history.of(GateAsked.class).isEmpty();
  }

  @Override
  public Finding judge(LedgerViews history, Target target) {
    return CheckGuard.judge(NAME, history, target, GateWasRight::assess);
  }

  private static Finding assess(LedgerViews history, Target target) {
    FindingBuilder draft = new FindingBuilder(NAME, "the gate's answer was right");
    List<String> wrong = new ArrayList<>();
    List<String> doubts = new ArrayList<>();
    if (history.of(GateAsked.class).isEmpty()) {
      doubts.add("the gate was not asked");
    }
    Double upper = null;
    for (GateAsked gate : history.of(GateAsked.class)) {
      answer(gate, wrong);
      otherSide(history, gate, wrong, doubts);
      if (gate.lossUpperMs() != null) {
        upper = gate.lossUpperMs();
      }
    }
    if (wrong.isEmpty()) {
      loss(draft, history, target, upper, wrong, doubts);
    }
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

  /** The answer follows from what was read. */
  private static void answer(GateAsked gate, List<String> wrong) {
    PromotionGate.Result due = PromotionGate.ask(gate.look(), gate.rpoMs());
    if (!due.answer().word().equals(gate.answer())) {
      wrong.add(
          "the gate answered %s, and by what it read it had to answer %s"
              .formatted(gate.answer(), due.answer().word()));
    } else if (!Objects.equals(due.lossUpperMs(), gate.lossUpperMs())) {
      wrong.add("the gate told another upper end of the loss than what it read gives");
    }
  }

  /** Who was called unable to write wrote nothing since. */
  private static void otherSide(
      LedgerViews history, GateAsked gate, List<String> wrong, List<String> doubts) {
    if (!gate.answer().equals(PromotionGate.Answer.SAFE.word())) {
      return;
    }
    for (MemberCommitSpan span : history.spells()) {
      Event.Member member = history.members().get(span.member());
      if (member == null || !member.cluster().equals(gate.other())) {
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

  private static void loss(
      FindingBuilder draft,
      LedgerViews history,
      Target target,
      @Nullable Double upperMs,
      List<String> wrong,
      List<String> doubts) {
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
    Finding.Measured measured =
        new WriteSurvival(history, survivors)
            .measured(
                new Rpo.Time(Duration.ofNanos((long) (upperMs * 1e6))),
                history.faults().disruption());
    draft.measured(measured);
    switch (FindingBuilder.against(measured)) {
      case MISSED ->
          wrong.add(
              "more was lost than the gate's upper end of %s"
                  .formatted(FindingBuilder.seconds(upperMs)));
      case UNDETERMINED ->
          doubts.add(
              "whether more was lost than the gate's upper end of %s is not decided"
                  .formatted(FindingBuilder.seconds(upperMs)));
      case MET -> {}
    }
  }
}
