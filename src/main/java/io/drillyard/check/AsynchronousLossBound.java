package io.drillyard.check;

import io.drillyard.check.Finding.Measured;
import io.drillyard.ledger.Event;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How much Patroni itself says may be lost in an asynchronous failover: {@code
 * maximum_lag_on_failover} bytes plus what was written in the last {@code ttl} seconds (Patroni's
 * documentation, replication modes). Beside the measured loss, never instead of the target.
 */
final class AsynchronousLossBound {
  private AsynchronousLossBound() {}

  /**
   * Adds the bound and how the loss compares.
   *
   * @param survivor a member of the cluster whose settings count
   * @param lostBytes of WAL, at most
   */
  static void add(
      FindingBuilder draft,
      LedgerViews history,
      TimelineBranch old,
      String survivor,
      long lostBytes) {
    Long lag = setting(history, survivor, "maximum_lag_on_failover");
    Long ttl = setting(history, survivor, "ttl");
    if (lag == null || ttl == null) {
      return;
    }
    long lastNs = Long.MIN_VALUE;
    long end = 0;
    for (MemberCommitSpan spell : history.spells()) {
      if (old.equals(spell.branch())) {
        for (Event commit : spell.commits()) {
          lastNs = Math.max(lastNs, commit.at().endNs());
          end = Math.max(end, MemberCommitSpan.lsn(commit));
        }
      }
    }
    if (end == 0) {
      return;
    }
    long written = end - positionAt(history, old, lastNs - Duration.ofSeconds(ttl).toNanos(), end);
    long bound = lag + written;
    draft.part("documented-bound", new Measured(bound, bound, null, "bytes"));
    draft.detail(
        "Patroni's documented bound: maximum_lag_on_failover %d + %d written in the last %d s = %d bytes of WAL; lost: at most %d bytes, %s"
            .formatted(
                lag,
                written,
                ttl,
                bound,
                lostBytes,
                lostBytes <= bound ? "within it" : "BEYOND it"));
  }

  /** The furthest commit of a branch that had returned by then; its first one if none had. */
  private static long positionAt(LedgerViews history, TimelineBranch old, long ns, long end) {
    long before = 0;
    long first = end;
    for (MemberCommitSpan spell : history.spells()) {
      if (old.equals(spell.branch())) {
        for (Event commit : spell.commits()) {
          long lsn = MemberCommitSpan.lsn(commit);
          if (lsn > 0) {
            first = Math.min(first, lsn);
            before = commit.at().endNs() <= ns ? Math.max(before, lsn) : before;
          }
        }
      }
    }
    return before == 0 ? first : before;
  }

  /** As it was seen last, of that member's cluster and no other one that is declared. */
  private static @Nullable Long setting(LedgerViews history, String survivor, String name) {
    Long value = null;
    Set<String> others =
        history.members().values().stream()
            .map(Event.Member::cluster)
            .filter(c -> !c.equals(history.cluster(survivor)))
            .collect(Collectors.toSet());
    for (Event.SettingSeen seen : history.of(Event.SettingSeen.class)) {
      if (seen.name().equals(name) && !others.contains(seen.subject())) {
        try {
          value = Long.parseLong(seen.effective());
        } catch (NumberFormatException e) {
          return null;
        }
      }
    }
    return value;
  }
}
