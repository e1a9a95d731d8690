package io.drillyard.check;

import io.drillyard.ledger.Event;
import io.drillyard.target.FailoverMode;
import io.drillyard.target.Target;
import java.util.List;
import java.util.Set;

/** Whoever promoted a member was declared to be allowed to. */
public final class PromotionWasPermitted implements Check {
  /** Its name in plans and reports. */
  public static final String NAME = "promotionWasPermitted";

  private static final String OPERATOR = "operator";
  private static final Set<String> HANDS_ON = Set.of("promote", "switchover", "restore");
  private static final Set<String> ORDERS = Set.of("promote", "switchover", "failover");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Finding judge(History history, Target target) {
    return Guard.judge(NAME, history, target, PromotionWasPermitted::assess);
  }

  private static Finding assess(History history, Target target) {
    FailoverMode mode = target.objective().failover();
    Draft draft = new Draft(NAME, "promotion " + mode.word());
    Event.Injected disruption = history.faults().disruption();
    if (disruption == null) {
      return draft.undetermined("no fault was injected");
    }
    List<Promotion> promotions = Promotion.of(history, disruption);
    Verdict worst = Verdict.MET;
    String summary = "nobody was promoted";
    for (Promotion promotion : promotions) {
      Judgement one = judge(history, promotion, mode);
      draft.detail(one.sentence());
      boolean worse =
          one.verdict() == Verdict.MISSED
              ? worst != Verdict.MISSED
              : one.verdict() == Verdict.UNDETERMINED && worst == Verdict.MET;
      if (worse || promotion.equals(promotions.get(0))) {
        worst = one.verdict();
        summary = one.sentence();
      }
    }
    if (worst != Verdict.MET) {
      return draft.as(worst, summary);
    }
    // Only full sight shows that there was no further promotion.
    List<String> gaps = Coverage.gaps(history);
    if (history.spells().isEmpty()) {
      return draft.undetermined("no member was seen to accept a single commit");
    }
    return gaps.isEmpty() ? draft.met(summary) : draft.details(gaps).undetermined(gaps.get(0));
  }

  private record Judgement(Verdict verdict, String sentence) {}

  private static Judgement judge(History history, Promotion promotion, FailoverMode mode) {
    return switch (mode) {
      case AUTOMATIC -> automatic(history, promotion);
      case OPERATOR_APPROVED -> approved(history, promotion);
      case MANUAL -> manual(history, promotion);
    };
  }

  private static Judgement automatic(History history, Promotion promotion) {
    return switch (promotion.by(history)) {
      case LEASE ->
          new Judgement(Verdict.MET, promotion.member() + " was promoted by lease, as declared");
      case SOMEBODY_ELSE -> byNobodyKnown(promotion);
      case NOBODY_WATCHED -> unwatched(promotion);
    };
  }

  private static Judgement approved(History history, Promotion promotion) {
    Verdict order = ordered(history, promotion);
    Verdict approval = Verdict.MISSED;
    for (Event.Action action : history.of(Event.Action.class)) {
      if (action.actor().equals(OPERATOR)
          && action.verb().equals("approve-promotion")
          && ofThisDisruption(history, action)
          && promotion.concerns(history, action.subject())) {
        approval = better(approval, before(action.at().endNs(), promotion));
      }
    }
    Verdict best = better(order, approval);
    if (best == Verdict.MET && order != Verdict.MET) {
      return switch (promotion.by(history)) {
        case LEASE -> new Judgement(best, promotion.member() + " was promoted by lease, approved");
        case SOMEBODY_ELSE -> byNobodyKnown(promotion);
        case NOBODY_WATCHED -> unwatched(promotion);
      };
    }
    return new Judgement(best, sentence(promotion, best, "an operator's approval or order"));
  }

  private static Judgement manual(History history, Promotion promotion) {
    Verdict order = ordered(history, promotion);
    return new Judgement(order, sentence(promotion, order, "an operator's order"));
  }

  /** Whether an operator's own order began before the promotion: it returns only after it. */
  private static Verdict ordered(History history, Promotion promotion) {
    Verdict best = Verdict.MISSED;
    for (Event.Action action : history.of(Event.Action.class)) {
      if (action.actor().equals(OPERATOR)
          && HANDS_ON.contains(action.verb())
          && ofThisDisruption(history, action)
          && promotion.concerns(history, action.subject())) {
        best = better(best, before(action.at().startNs(), promotion));
      }
    }
    for (Event.Injected fault : history.faults().injected()) {
      if (Faults.isOrder(fault)
          && ORDERS.contains(fault.type())
          && isOfOrder(history, promotion, fault)) {
        best = better(best, before(fault.at().startNs(), promotion));
      }
    }
    return best;
  }

  /** One order, one promotion: once another member was promoted after it, it permits no more. */
  private static boolean isOfOrder(History history, Promotion promotion, Event.Injected order) {
    Event.Injected disruption = history.faults().disruption();
    return disruption != null
        && Promotion.of(history, disruption).stream()
            .filter(other -> !other.member().equals(promotion.member()))
            .filter(other -> other.seenNs() >= order.at().startNs())
            .noneMatch(other -> other.seenNs() < promotion.seenNs());
  }

  /** What was approved before anything had happened approves nothing that came of it. */
  private static boolean ofThisDisruption(History history, Event.Action action) {
    Event.Injected disruption = history.faults().disruption();
    return disruption != null && action.at().endNs() >= disruption.at().startNs();
  }

  private static Verdict before(long actNs, Promotion promotion) {
    if (actNs <= promotion.notBeforeNs()) {
      return Verdict.MET;
    }
    return actNs > promotion.seenNs() ? Verdict.MISSED : Verdict.UNDETERMINED;
  }

  private static Verdict better(Verdict a, Verdict b) {
    if (a == Verdict.MET || b == Verdict.MET) {
      return Verdict.MET;
    }
    return a == Verdict.UNDETERMINED ? a : b;
  }

  private static Judgement byNobodyKnown(Promotion promotion) {
    return new Judgement(
        Verdict.MISSED,
        promotion.member() + " accepted commits without ever having held the leader key");
  }

  private static Judgement unwatched(Promotion promotion) {
    return new Judgement(
        Verdict.UNDETERMINED,
        "nobody watched the leader key when " + promotion.member() + " was promoted");
  }

  private static String sentence(Promotion promotion, Verdict verdict, String needed) {
    return switch (verdict) {
      case MET -> promotion.member() + " was promoted after " + needed;
      case MISSED -> promotion.member() + " was promoted without " + needed + " before it";
      case UNDETERMINED ->
          "whether "
              + needed
              + " came before the promotion of "
              + promotion.member()
              + " is not decided";
    };
  }
}
