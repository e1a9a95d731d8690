package io.drillyard.check;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.HandoverToken;
import io.drillyard.ledger.RedundancySeen;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Nobody hands over before redundancy is back: a cluster that was shut down for another one while
 * that stood alone would leave one copy. Judged in ledgers whose plan asks for it.
 */
record RedundancyBeforeSwitch(LedgerViews history) {
  /** Adds what is wrong, and what is not known. */
  void judge(List<String> wrong, List<String> doubts) {
    long earlierNs = Long.MIN_VALUE;
    for (HandoverToken token : history.of(HandoverToken.class)) {
      RedundancySeen last = before(token, earlierNs);
      earlierNs = token.at().endNs();
      if (last != null) {
        last.missing()
            .forEach(
                why ->
                    wrong.add(
                        "%s was shut down for another one although redundancy was not back: %s"
                            .formatted(token.cluster(), why)));
      } else if (LedgerDeclarations.planned(history, HandoverIsProved.REDUNDANCY)) {
        doubts.add(
            "nobody looked for redundancy before %s was shut down".formatted(token.cluster()));
      }
    }
    long refused = 0;
    for (RedundancySeen seen : history.of(RedundancySeen.class)) {
      if (seen.expected() && seen.missing().isEmpty()) {
        wrong.add("a switch had to be refused, and redundancy was called back");
      } else if (seen.expected() && looked(seen, OrdersWereApproved.RUN_ALL_THE_SAME)) {
        wrong.add("something was run after a switch had been refused");
      } else if (seen.expected() && looked(seen, OrdersWereApproved.NOTHING_RUN)) {
        refused++;
      } else if (seen.expected()) {
        doubts.add("nobody looked whether anything was run after a switch had been refused");
      }
    }
    long due = LedgerDeclarations.plannedTimes(history, HandoverIsProved.REFUSED);
    if (refused < due) {
      doubts.add(
          "%d early switches were to be refused, and %d were seen refused".formatted(due, refused));
    }
  }

  private @Nullable RedundancySeen before(HandoverToken token, long fromNs) {
    RedundancySeen last = null;
    for (RedundancySeen seen : history.of(RedundancySeen.class)) {
      if (seen.from().equals(token.cluster())
          && seen.at().startNs() >= fromNs
          && seen.at().endNs() <= token.at().startNs()) {
        last = seen;
      }
    }
    return last;
  }

  private boolean looked(RedundancySeen seen, String verb) {
    return history.of(Event.Action.class).stream()
        .anyMatch(
            look ->
                look.verb().equals(verb)
                    && look.subject().equals(seen.to())
                    && look.at().startNs() <= seen.at().endNs()
                    && look.at().endNs() >= seen.at().endNs());
  }
}
