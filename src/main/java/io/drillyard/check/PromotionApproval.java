package io.drillyard.check;

import io.drillyard.declaration.OperatorTimes;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.ApprovalAsked;
import io.drillyard.ledger.ApprovalWanted;
import io.drillyard.ledger.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What an operator gave: it permits one promotion, the first after it that it concerns, and no
 * further one. An approval and the order by which it is carried out come before the same promotion,
 * and are spent on it together.
 */
final class PromotionApproval {
  static final String OPERATOR = "operator";
  static final String APPROVAL = "approve-promotion";
  private static final Set<String> HANDS_ON = Set.of("promote", "switchover", "restore");

  private final boolean order;
  private final long actNs;
  private final Predicate<ObservedPromotion> concerned;

  private PromotionApproval(boolean order, long actNs, Predicate<ObservedPromotion> concerned) {
    this.order = order;
    this.actNs = actNs;
    this.concerned = concerned;
  }

  /**
   * How long people take before they order a promotion, as it is declared, nanoseconds; 0 where it
   * is not, and where nobody had to order one: such a recovery waits for no one. How long they took
   * to decide is not declared where the drill waited for them: then it is in what was measured.
   */
  static long declaredNs(LedgerViews history, Target target) {
    OperatorTimes people = target.objective().people();
    Event.Injected disruption = history.faults().disruption();
    boolean ordered = disruption != null && !of(history, disruption).isEmpty();
    if (people == null || !ordered) {
      return 0;
    }
    return (decidedMs(history) == null ? people.total() : people.detection()).toNanos();
  }

  /**
   * How long people took to approve what the drill waited with, milliseconds, all orders together;
   * null: it waited for nobody.
   */
  static @Nullable Double decidedMs(LedgerViews history) {
    Double sum = null;
    for (ApprovalAsked asked : history.of(ApprovalAsked.class)) {
      boolean waited =
          !asked.simulated()
              && !asked.again()
              && asked.granted()
              && history.of(ApprovalWanted.class).stream()
                  .anyMatch(
                      w ->
                          w.cluster().equals(asked.cluster())
                              && w.at().startNs() >= asked.at().startNs()
                              && w.at().endNs() <= asked.at().endNs());
      if (waited) {
        sum = (sum == null ? 0 : sum) + asked.at().lengthNs() / 1e6;
      }
    }
    return sum;
  }

  /** True of an act by which somebody orders or approves a promotion, whoever it was. */
  static boolean orders(Event.Action action) {
    return action.verb().equals(APPROVAL) || HANDS_ON.contains(action.verb());
  }

  /** All that were given from the disruption on: what came before it permits nothing of it. */
  static List<PromotionApproval> of(LedgerViews history, Event.Injected disruption) {
    long fromNs = disruption.at().startNs();
    List<PromotionApproval> permits = new ArrayList<>();
    for (Event.Action action : history.of(Event.Action.class)) {
      boolean order = HANDS_ON.contains(action.verb());
      if (action.actor().equals(OPERATOR)
          && (order || action.verb().equals(APPROVAL))
          && action.at().endNs() >= fromNs) {
        // An order returns only after the promotion; an approval that has not returned is none.
        long actNs = order ? action.at().startNs() : action.at().endNs();
        permits.add(
            new PromotionApproval(order, actNs, p -> p.concerns(history, action.subject())));
      }
    }
    for (Event.Injected fault : history.faults().injected()) {
      // What Patroni refused it did not do: whoever was promoted then was promoted without it.
      if (InjectedFaults.isOrder(fault)
          && fault.at().endNs() >= fromNs
          && !PatroniOrders.refused(history, fault)) {
        permits.add(
            new PromotionApproval(true, fault.at().startNs(), p -> isMeant(history, fault, p)));
      }
    }
    return permits;
  }

  /** Its first target led when it was given; further ones, where it names any, were to lead. */
  private static boolean isMeant(
      LedgerViews history, Event.Injected order, ObservedPromotion promotion) {
    List<String> targets = order.targets();
    return !targets.isEmpty()
        && Objects.equals(history.cluster(targets.get(0)), promotion.cluster())
        && (targets.size() == 1 || targets.indexOf(promotion.member()) > 0);
  }

  /** True for an order, false for an approval, which leaves the promotion to Patroni. */
  boolean order() {
    return order;
  }

  /** True when it is about that member, its cluster or its site. */
  boolean concerns(ObservedPromotion promotion) {
    return concerned.test(promotion);
  }

  /** MET: given before that promotion; MISSED: only after it. */
  Verdict before(ObservedPromotion promotion) {
    if (actNs <= promotion.notBeforeNs()) {
      return Verdict.MET;
    }
    return actNs > promotion.seenNs() ? Verdict.MISSED : Verdict.UNDETERMINED;
  }

  /**
   * Whether it permits that promotion.
   *
   * @param all every promotion, by the time it was seen
   */
  Verdict permits(ObservedPromotion promotion, List<ObservedPromotion> all) {
    if (!concerns(promotion)) {
      return Verdict.MISSED;
    }
    Verdict verdict = before(promotion);
    for (ObservedPromotion earlier : all.subList(0, all.indexOf(promotion))) {
      if (!concerns(earlier)) {
        continue;
      }
      verdict =
          switch (before(earlier)) {
            case MET -> Verdict.MISSED;
            case UNDETERMINED -> verdict == Verdict.MISSED ? Verdict.MISSED : Verdict.UNDETERMINED;
            case MISSED -> verdict;
          };
    }
    return verdict;
  }
}
