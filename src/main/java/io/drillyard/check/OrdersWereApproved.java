package io.drillyard.check;

import io.drillyard.approval.ApprovalRules;
import io.drillyard.approval.Refusal;
import io.drillyard.approval.SubjectDigests;
import io.drillyard.declaration.ApprovalPolicy;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.ApprovalAsked;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.GateAsked;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Every promotion that somebody ordered was approved as its context declares: in its window, by
 * enough approvers, for this very plan, and each approval once. Every approval stands on the ledger
 * as it was signed, so that signatures, digests, scope and window are gone through again. What was
 * refused was not carried out.
 *
 * <p>Approvals that a drill gives itself show that the rules are kept, and are nobody's decision.
 */
public final class OrdersWereApproved implements Check {
  /** Its name in plans and reports. */
  public static final String NAME = "ordersWereApproved";

  /** How a plan's step says that it asks. */
  public static final String PLANNED = "approvals are asked for";

  /**
   * Verb of a look at command logs after a refusal: no command was run; its subject is the order.
   */
  public static final String NOTHING_RUN = "witness-nothing-run";

  /** Verb of one that found commands. */
  public static final String RUN_ALL_THE_SAME = "run-after-refusal";

  /** By so much the clock of an order may differ from the ledger's. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  /** Where approvals are marked as used. */
  public static final String USES = "drillyard/approvals/";

  /** How a plan's step says that an order is to be refused. */
  public static final String REFUSED = "it is refused, and no command is run";

  @Override
  public String name() {
    return NAME;
  }

  /** True where approvals were to be asked for, or were. */
  static boolean applies(LedgerViews history) {
    return LedgerDeclarations.planned(history, PLANNED) || asked(history);
  }

  /** True where they were. */
  static boolean asked(LedgerViews history) {
    return !history.of(ApprovalAsked.class).isEmpty();
  }

  @Override
  public Finding judge(LedgerViews history, Target target) {
    return CheckGuard.judge(NAME, history, target, OrdersWereApproved::assess);
  }

  private static Finding assess(LedgerViews history, Target target) {
    ApprovalPolicy policy = target.objective().approval();
    FindingBuilder draft = new FindingBuilder(NAME, words(policy));
    if (policy == null) {
      return draft.undetermined(
          "nobody-declared", "approvals were asked for, and nobody is declared who may give them");
    }
    Findings findings = new Findings(history, target, policy);
    findings.all();
    draft.details(findings.wrong);
    if (!findings.wrong.isEmpty()) {
      return draft.missed("not-approved", findings.wrong.getFirst());
    }
    draft.details(findings.doubts);
    if (!findings.doubts.isEmpty()) {
      return draft.undetermined("approval-in-doubt", findings.doubts.getFirst());
    }
    draft.details(findings.seen);
    return findings.simulated
        ? draft.met(
            "approved-simulated",
            "the rules of approval were kept; the drill's own stand-ins signed, and no person decided")
        : draft.met("approved", "every order was approved as declared, by signature");
  }

  private static String words(@Nullable ApprovalPolicy policy) {
    if (policy == null) {
      return "approved as declared";
    }
    return "approved by %d of %d%s"
        .formatted(
            policy.needed(),
            policy.approvers().size(),
            policy.window() == null ? "" : ", in " + policy.window());
  }

  /** What is wrong with the orders of a ledger, and what is not known of them. */
  private static final class Findings {
    private final LedgerViews history;
    private final Target target;
    private final ApprovalPolicy policy;
    private final List<String> wrong = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private final Set<String> objects = new HashSet<>();
    private boolean simulated;

    Findings(LedgerViews history, Target target, ApprovalPolicy policy) {
      this.history = history;
      this.target = target;
      this.policy = policy;
    }

    void all() {
      List<ApprovalAsked> asked = history.of(ApprovalAsked.class);
      if (asked.isEmpty()) {
        doubts.add("no approval was asked for");
      }
      planned(asked);
      for (ApprovalAsked one : asked) {
        simulated |= one.simulated();
        named(one);
        answer(one);
        if (one.again()) {
          asBefore(asked, one);
        } else {
          fromTheGate(one);
        }
        if (one.expected() != null) {
          refused(one, one.expected());
        }
      }
      wrong.addAll(new PromotionGrants(history).wrong(asked));
    }

    /**
     * It is judged by the policy that was planned, and every refusal that was planned was tried.
     */
    private void planned(List<ApprovalAsked> asked) {
      if (!LedgerDeclarations.targetPlanned(history, target)) {
        wrong.add("this is not the target, with those who approve, that was planned");
      }
      long due = LedgerDeclarations.plannedTimes(history, REFUSED);
      long tried = asked.stream().filter(a -> a.expected() != null && !a.again()).count();
      if (tried < due) {
        doubts.add("%d refusals were planned, and %d were tried".formatted(due, tried));
      }
    }

    /** Asked again is what was asked before. */
    private void asBefore(List<ApprovalAsked> asked, ApprovalAsked again) {
      boolean same =
          asked.stream()
              .anyMatch(
                  a ->
                      !a.again()
                          && a.at().endNs() <= again.at().startNs()
                          && a.cluster().equals(again.cluster())
                          && a.order().equals(again.order())
                          && a.envelopes().equals(again.envelopes())
                          && a.standIns().equals(again.standIns())
                          && a.uses().equals(again.uses()));
      if (!same) {
        wrong.add("what was asked again for %s had not been asked".formatted(again.cluster()));
      }
    }

    /** What would be lost, and whether somebody has to attest, is what the gate said. */
    private void fromTheGate(ApprovalAsked asked) {
      GateAsked last = null;
      for (GateAsked gate : history.of(GateAsked.class)) {
        if (gate.cluster().equals(asked.cluster()) && gate.at().endNs() <= asked.at().startNs()) {
          last = gate;
        }
      }
      Double loss = last == null ? null : last.lossUpperMs();
      boolean attest =
          last != null && last.answer().equals(PromotionGate.Answer.OPERATOR_GATED.word());
      if (!Objects.equals(loss, asked.order().lossUpperMs()) || attest != asked.order().attest()) {
        wrong.add(
            "an order for %s was approved by another answer than the gate's"
                .formatted(asked.cluster()));
      }
    }

    /** What it was about is what the ledger tells of this drill. */
    private void named(ApprovalAsked asked) {
      ApprovalAsked.Subject subject = asked.order().subject();
      Event.Opened opened = first(Event.Opened.class);
      Event.Planned planned = first(Event.Planned.class);
      if (opened == null || planned == null) {
        doubts.add("the ledger does not tell what was planned");
        return;
      }
      if (!subject.run().equals(opened.runId())) {
        wrong.add("an order names run %s, and this is %s".formatted(subject.run(), opened.runId()));
      }
      if (!subject.cluster().equals(asked.cluster())) {
        wrong.add("an order for %s names %s".formatted(asked.cluster(), subject.cluster()));
      }
      if (!subject.context().equals(target.context())
          || !subject.disruption().equals(target.objective().disruption().word())) {
        wrong.add("an order names another context, or another disruption");
      }
      Map<String, String> files = planned.run().declarations();
      List<String> named = asked.order().files();
      if (!named.equals(SubjectDigests.named(files, named))
          || (files.containsKey(SubjectDigests.CONTEXTS)
              && !(named.contains(SubjectDigests.CONTEXTS)
                  && named.contains(opened.environment() + ".yaml")))) {
        wrong.add("an order does not name the declarations that it rests on");
      }
      boolean same =
          subject.environment().equals(SubjectDigests.environment(files, named))
              && subject.declarations().equals(SubjectDigests.declarations(files, named))
              && LedgerDeclarations.plans(history).stream()
                  .anyMatch(
                      steps ->
                          subject
                              .plan()
                              .equals(
                                  SubjectDigests.plan(planned.drill(), subject.episode(), steps)));
      if (!same) {
        wrong.add("an order names another plan or other declarations than this ledger tells");
      }
      if (asked.simulated() == asked.standIns().isEmpty() && policy.needed() > 0) {
        wrong.add(
            asked.simulated()
                ? "approvals are called simulated, and nobody stands in"
                : "stand-ins signed, and approvals are not called simulated");
      }
      clock(asked, opened);
    }

    private <E extends Event> @Nullable E first(Class<E> kind) {
      return history.of(kind).stream().findFirst().orElse(null);
    }

    private void clock(ApprovalAsked asked, Event.Opened opened) {
      try {
        Instant said = Instant.parse(asked.clock());
        Instant anchor = Instant.parse(opened.wallClockAnchor());
        Instant from = anchor.plusNanos(asked.at().startNs() - opened.at().startNs()).minus(SKEW);
        Instant until = anchor.plusNanos(asked.at().endNs() - opened.at().startNs()).plus(SKEW);
        if (!asked.simulated() && (said.isBefore(from) || said.isAfter(until))) {
          wrong.add("an order was judged at %s, and it was asked before %s".formatted(said, until));
        }
      } catch (DateTimeException e) {
        doubts.add("an order was judged at no time that anybody can read: " + asked.clock());
      }
    }

    /** The answer follows from the rules. */
    private void answer(ApprovalAsked asked) {
      Instant clock;
      try {
        clock = Instant.parse(asked.clock());
      } catch (DateTimeException e) {
        return;
      }
      ApprovalRules.Answer due =
          ApprovalRules.ask(policy, asked.order(), clock, asked.standIns(), asked.envelopes());
      Set<String> codes = new TreeSet<>(due.codes());
      if (codes.isEmpty()) {
        codes.addAll(used(asked, due));
      }
      if (!codes.equals(new TreeSet<>(asked.refusals()))) {
        wrong.add(
            "an order for %s was answered %s, and by the rules it had to be %s"
                .formatted(
                    asked.cluster(),
                    PromotionGrants.codes(asked.refusals()),
                    PromotionGrants.codes(codes)));
      }
      if (asked.breakGlass() != null) {
        doubts.add(
            "an emergency was declared in place of %s: %s"
                .formatted(PromotionGrants.codes(asked.refusals()), asked.breakGlass()));
      }
      due.reasons().forEach(reason -> seen.add(asked.cluster() + ": " + reason));
    }

    /** Every approval that counts was marked as used, by this very order. */
    private Set<String> used(ApprovalAsked asked, ApprovalRules.Answer due) {
      Set<String> codes = new TreeSet<>();
      due.counted()
          .forEach(
              (mark, approval) -> {
                boolean own = false;
                for (ApprovalAsked.Use use : asked.uses()) {
                  own |=
                      use.created()
                          && use.approval().equals(mark)
                          && use.key().equals(USES + mark + "/" + use.number())
                          && (approval.standing() || use.number() == 1)
                          && (asked.again() || objects.add(use.key()));
                }
                if (!own) {
                  codes.add(Refusal.ALREADY_USED.code());
                }
              });
      return codes;
    }

    /** The plan wanted to see it refused, for that reason, and nothing came of it. */
    private void refused(ApprovalAsked asked, String expected) {
      if (!asked.refusals().contains(expected)) {
        wrong.add(
            "an order for %s had to be refused as %s, and was answered %s"
                .formatted(asked.cluster(), expected, PromotionGrants.codes(asked.refusals())));
      }
      if (asked.leftOut() != null || asked.again()) {
        return;
      }
      boolean looked = false;
      for (Event.Action look : history.of(Event.Action.class)) {
        // From before the order until a while after it was refused.
        looked |=
            look.verb().equals(NOTHING_RUN)
                && look.subject().equals(asked.cluster())
                && look.at().startNs() <= asked.at().startNs()
                && look.at().endNs() >= asked.at().endNs();
      }
      if (!looked) {
        doubts.add("nobody looked whether anything was run after a refusal");
      }
    }
  }
}
