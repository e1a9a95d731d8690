package io.drillyard.check;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.OrderAnswered;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether an order to Patroni was carried out, by its answer and by the leader key. */
final class PatroniOrders {
  /**
   * A leader that steps down stops PostgreSQL first, and a clean stop waits for standbys that take
   * nothing any more until wal_sender_timeout (60 s by default) has passed.
   */
  private static final long STOP_NS = 60_000_000_000L;

  /** Patroni's own, where the ledger does not tell the cluster's. */
  private static final long TTL_NS = 30_000_000_000L;

  /** Patroni answers after the key has moved; the watch may tell it a little later. */
  private static final long LAG_NS = 5_000_000_000L;

  private PatroniOrders() {}

  /** Why it did not take hold; null when it did. */
  static @Nullable String doubt(LedgerViews history, Event.Injected order) {
    String name = order.fault();
    String before = LeadershipHistory.leaderBefore(history, order);
    if (before == null) {
      return "who led before order '" + name + "' is not known";
    }
    OrderAnswered answer = answer(history, order);
    boolean recorded =
        history.of(Event.Opened.class).stream().anyMatch(o -> o.format() >= ServiceExits.FORMAT);
    if (answer == null && recorded) {
      return "what Patroni answered to order '" + name + "' is not on the ledger";
    }
    if (answer != null && answer.refused()) {
      return "Patroni refused order '%s': %d %s".formatted(name, answer.status(), answer.text());
    }
    String asked = candidate(order, answer);
    String named = answer == null ? null : answer.named();
    if (asked != null && named != null && !asked.equals(named)) {
      return "order '%s' was for %s, and Patroni answered: %s"
          .formatted(name, asked, answer == null ? "" : answer.text());
    }
    String wanted = asked == null ? named : asked;
    Event.LeaderKey moved = moved(history, order, before);
    if (moved == null) {
      return "the leader key stayed with " + before + " after order '" + name + "'";
    }
    if (wanted != null && !wanted.equals(moved.holder())) {
      return "the leader key went to %s after order '%s', not to %s"
          .formatted(moved.holder(), name, wanted);
    }
    long bound = order.at().endNs() + ttlNs(history, moved.cluster()) + STOP_NS;
    boolean done = answer != null && answer.status() > 0 && answer.status() < 300;
    long until = done && answer != null ? Math.min(bound, answer.at().endNs() + LAG_NS) : bound;
    return moved.at().startNs() <= until
        ? null
        : "the leader key moved %s after order '%s': too late to be its doing"
            .formatted(
                FindingBuilder.seconds((moved.at().startNs() - order.at().startNs()) / 1e6), name);
  }

  /** Patroni said no to it. */
  static boolean refused(LedgerViews history, Event.Injected order) {
    OrderAnswered answer = answer(history, order);
    return answer != null && answer.refused();
  }

  private static @Nullable OrderAnswered answer(LedgerViews history, Event.Injected order) {
    for (OrderAnswered answer : history.of(OrderAnswered.class)) {
      if (answer.fault().equals(order.fault()) && answer.at().endNs() >= order.at().startNs()) {
        return answer;
      }
    }
    return null;
  }

  /** Older ledgers name it as the last of the order's targets. */
  private static @Nullable String candidate(Event.Injected order, @Nullable OrderAnswered answer) {
    if (answer != null) {
      return answer.candidate();
    }
    return order.targets().size() > 1 ? order.targets().getLast() : null;
  }

  /** The first time that another member came to hold the key. */
  private static Event.@Nullable LeaderKey moved(
      LedgerViews history, Event.Injected order, String before) {
    for (Event.LeaderKey key : history.of(Event.LeaderKey.class)) {
      if (key.at().endNs() >= order.at().startNs()
          && key.holder() != null
          && Objects.equals(key.cluster(), history.cluster(before))
          && !before.equals(key.holder())) {
        return key;
      }
    }
    return null;
  }

  private static long ttlNs(LedgerViews history, String cluster) {
    long ttl = TTL_NS;
    for (Event.SettingSeen seen : history.of(Event.SettingSeen.class)) {
      if (seen.subject().equals(cluster)
          && seen.name().equals("ttl")
          && seen.effective().matches("\\d{1,6}")) {
        ttl = Long.parseLong(seen.effective()) * 1_000_000_000L;
      }
    }
    return ttl;
  }
}
