package io.drillyard.check;

import io.drillyard.ledger.Event;
import java.util.List;

/**
 * How long a cluster that was promoted in place of another one had no backup of its own that could
 * be restored: from the order until its first full backup, whose WAL pgBackRest waits for, was
 * there. What it took over from has a path of its own, in which nothing of this one is.
 */
public final class UnprotectedTime {
  /** Verb of an operator's full backup. */
  public static final String BACKUP = "backup";

  private UnprotectedTime() {}

  /** Adds a part for each cluster that was promoted by an order, or says that none was taken. */
  static void add(FindingBuilder draft, LedgerViews history) {
    List<Event.Action> done =
        history.of(Event.Action.class).stream()
            .filter(a -> a.actor().equals(PromotionApproval.OPERATOR))
            .toList();
    for (Event.Action order : done) {
      if (!FenceHeld.TAKEOVERS.contains(order.verb())) {
        continue;
      }
      Event.Action first = null;
      for (Event.Action backup : done) {
        if (backup.verb().equals(BACKUP)
            && backup.subject().equals(order.subject())
            && backup.at().startNs() >= order.at().endNs()
            && first == null) {
          first = backup;
        }
      }
      if (first == null) {
        draft.detail(
            "no full backup of %s was taken after it had been promoted".formatted(order.subject()));
      } else {
        draft.part(
            "without-backup-" + order.subject(),
            FindingBuilder.ms(
                first.at().startNs() - order.at().endNs(),
                first.at().endNs() - order.at().startNs(),
                null));
      }
    }
  }
}
