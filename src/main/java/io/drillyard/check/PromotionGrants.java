package io.drillyard.check;

import io.drillyard.ledger.ApprovalAsked;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.HandoverToken;
import io.drillyard.ledger.TokenDecided;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What was promoted, held against what was granted: in time, once, and asked again. */
final class PromotionGrants {
  private final LedgerViews history;
  private final List<String> wrong = new ArrayList<>();

  PromotionGrants(LedgerViews history) {
    this.history = history;
  }

  /** What was promoted without a grant, in words. */
  List<String> wrong(List<ApprovalAsked> asked) {
    obeyed(asked);
    grantsAreSpent(asked);
    pointOfNoReturn(asked);
    return wrong;
  }

  /** Codes for people. */
  static String codes(Collection<String> codes) {
    return codes.isEmpty() ? "granted" : String.join(", ", new TreeSet<>(codes));
  }

  /** Nobody is promoted but by an order that was granted; the last answer before it counts. */
  private void obeyed(List<ApprovalAsked> asked) {
    for (Event.Action order : history.of(Event.Action.class)) {
      if (order.verb().equals(OrdersWereApproved.RUN_ALL_THE_SAME)) {
        wrong.add("after a refusal commands were run: " + order.detail());
      }
      if (!PromotionApproval.orders(order)) {
        continue;
      }
      ApprovalAsked last = null;
      boolean any = false;
      for (ApprovalAsked one : asked) {
        any |= one.cluster().equals(order.subject());
        if (one.cluster().equals(order.subject()) && one.at().endNs() <= order.at().startNs()) {
          last = one;
        }
      }
      if (last == null && !any && servesAgain(order)) {
        continue;
      }
      if (last == null) {
        wrong.add("%s was promoted, and nobody had been asked".formatted(order.subject()));
      } else if (!last.granted() && last.breakGlass() == null) {
        wrong.add(
            "%s was promoted although that was refused: %s"
                .formatted(order.subject(), codes(last.refusals())));
      }
    }
  }

  /**
   * A hand-over that was taken back: whoever was shut down serves again, and takes over nothing.
   */
  private boolean servesAgain(Event.Action order) {
    return history.of(HandoverToken.class).stream()
        .filter(token -> token.cluster().equals(order.subject()))
        .anyMatch(
            token ->
                history.of(TokenDecided.class).stream()
                    .anyMatch(
                        d ->
                            d.token().equals(token.id())
                                && d.created()
                                && d.decision().equals(TokenDecided.VOID)
                                && d.at().endNs() <= order.at().startNs()));
  }

  /** One grant, one promotion. */
  private void grantsAreSpent(List<ApprovalAsked> asked) {
    Map<String, Integer> left = new HashMap<>();
    for (ApprovalAsked one : asked) {
      if (!one.again() && one.carriedOut()) {
        left.merge(one.cluster(), 1, Integer::sum);
      }
    }
    for (Event.Action order : history.of(Event.Action.class)) {
      if (order.verb().equals(PromotionApproval.APPROVAL)
          && left.merge(order.subject(), -1, Integer::sum) < 0) {
        wrong.add("%s was promoted more often than that was granted".formatted(order.subject()));
      }
    }
  }

  /** Right before a token was spent it was asked once more. */
  private void pointOfNoReturn(List<ApprovalAsked> asked) {
    for (TokenDecided decided : history.of(TokenDecided.class)) {
      if (!decided.decision().equals(TokenDecided.SPENT)) {
        continue;
      }
      long takenNs =
          history.of(HandoverToken.class).stream()
              .filter(token -> token.id().equals(decided.token()))
              .mapToLong(token -> token.at().endNs())
              .findFirst()
              .orElse(Long.MIN_VALUE);
      ApprovalAsked last = null;
      for (ApprovalAsked one : asked) {
        if (one.again()
            && one.at().startNs() >= takenNs
            && one.at().endNs() <= decided.at().startNs()) {
          last = one;
        }
      }
      if (last == null || !last.carriedOut()) {
        wrong.add("a token was spent, and nobody had asked again whether it may be");
      }
    }
  }
}
