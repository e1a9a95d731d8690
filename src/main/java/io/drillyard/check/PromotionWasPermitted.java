package io.drillyard.check;

import io.drillyard.declaration.FailoverMode;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Whoever promoted a member was declared to be allowed to. */
public final class PromotionWasPermitted implements Check {
  /** Its name in plans and reports. */
  public static final String NAME = "promotionWasPermitted";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Finding judge(LedgerViews history, Target target) {
    return CheckGuard.judge(NAME, history, target, PromotionWasPermitted::assess);
  }

  private static Finding assess(LedgerViews history, Target target) {
    FailoverMode mode = target.objective().failover();
    FindingBuilder draft = new FindingBuilder(NAME, "promotion " + mode.word());
    Event.Injected disruption = history.faults().disruption();
    if (disruption == null) {
      return draft.undetermined("no-fault", "no fault was injected");
    }
    List<ObservedPromotion> promotions = new ArrayList<>(ObservedPromotion.of(history, disruption));
    promotions.sort(Comparator.comparingLong(ObservedPromotion::seenNs));
    List<PromotionApproval> permits = PromotionApproval.of(history, disruption);
    Verdict worst = Verdict.MET;
    String summary = "nobody was promoted";
    for (ObservedPromotion promotion : promotions) {
      Judgement one = judge(history, promotion, mode, new Given(promotion, promotions, permits));
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
      return draft.as(
          worst, worst == Verdict.MISSED ? "not-permitted" : "permission-in-doubt", summary);
    }
    // Only full sight shows that there was no further promotion.
    List<String> gaps = ProbeCoverage.gaps(history);
    if (history.spells().isEmpty()) {
      return draft.undetermined("nothing-accepted", "no member was seen to accept a single commit");
    }
    return gaps.isEmpty()
        ? draft.met(promotions.isEmpty() ? "no-promotion" : "permitted", summary)
        : draft.details(gaps).undetermined("gaps-in-watching", gaps.get(0));
  }

  private record Judgement(Verdict verdict, String sentence) {}

  /** What of all that an operator gave is left for one promotion. */
  private record Given(
      ObservedPromotion promotion, List<ObservedPromotion> all, List<PromotionApproval> permits) {
    /** By the permits of one kind. */
    Verdict by(boolean order) {
      Verdict best = Verdict.MISSED;
      for (PromotionApproval permit : permits) {
        best = permit.order() == order ? better(best, permit.permits(promotion, all)) : best;
      }
      return best;
    }

    /** True when one came before it, and permitted another promotion. */
    boolean spent(boolean ordersOnly) {
      return permits.stream()
          .filter(p -> p.order() || !ordersOnly)
          .anyMatch(p -> p.concerns(promotion) && p.before(promotion) != Verdict.MISSED);
    }
  }

  private static Judgement judge(
      LedgerViews history, ObservedPromotion promotion, FailoverMode mode, Given given) {
    return switch (mode) {
      case AUTOMATIC -> automatic(history, promotion);
      case OPERATOR_APPROVED -> approved(history, promotion, given);
      case MANUAL -> manual(promotion, given);
    };
  }

  private static Judgement automatic(LedgerViews history, ObservedPromotion promotion) {
    return switch (promotion.by(history)) {
      case LEASE ->
          new Judgement(Verdict.MET, promotion.member() + " was promoted by lease, as declared");
      case SOMEBODY_ELSE -> byNobodyKnown(promotion);
      case NOBODY_WATCHED -> unwatched(promotion);
    };
  }

  private static Judgement approved(LedgerViews history, ObservedPromotion promotion, Given given) {
    Verdict order = given.by(true);
    Verdict best = better(order, given.by(false));
    if (best == Verdict.MET && order != Verdict.MET) {
      return switch (promotion.by(history)) {
        case LEASE -> new Judgement(best, promotion.member() + " was promoted by lease, approved");
        case SOMEBODY_ELSE -> byNobodyKnown(promotion);
        case NOBODY_WATCHED -> unwatched(promotion);
      };
    }
    String needed = "an operator's approval or order";
    return new Judgement(best, sentence(promotion, best, needed, given.spent(false)));
  }

  private static Judgement manual(ObservedPromotion promotion, Given given) {
    Verdict order = given.by(true);
    return new Judgement(
        order, sentence(promotion, order, "an operator's order", given.spent(true)));
  }

  private static Verdict better(Verdict a, Verdict b) {
    if (a == Verdict.MET || b == Verdict.MET) {
      return Verdict.MET;
    }
    return a == Verdict.UNDETERMINED ? a : b;
  }

  private static Judgement byNobodyKnown(ObservedPromotion promotion) {
    return new Judgement(
        Verdict.MISSED,
        promotion.member() + " accepted commits without ever having held the leader key");
  }

  private static Judgement unwatched(ObservedPromotion promotion) {
    return new Judgement(
        Verdict.UNDETERMINED,
        "nobody watched the leader key when " + promotion.member() + " was promoted");
  }

  private static String sentence(
      ObservedPromotion promotion, Verdict verdict, String needed, boolean spent) {
    return switch (verdict) {
      case MET -> promotion.member() + " was promoted after " + needed;
      case MISSED ->
          "%s was promoted without %s%s before it"
              .formatted(promotion.member(), needed, spent ? " of its own" : "");
      case UNDETERMINED ->
          "whether "
              + needed
              + " came before the promotion of "
              + promotion.member()
              + " is not decided";
    };
  }
}
