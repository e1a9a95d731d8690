package io.drillyard.check;

import io.drillyard.check.Finding.Measured;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.OrphanedWal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * WAL bytes between the fork and the old branch's end: what was given up, in the database's unit.
 */
final class WalLoss {
  private WalLoss() {}

  static void add(
      FindingBuilder draft, LedgerViews history, SurvivingRows survivors, List<Event.Write> lost) {
    Event.RowsRead read = survivors.read();
    TimelineBranch surviving =
        read == null ? null : history.branches().resolve(read.member(), read.timeline());
    Set<TimelineBranch> doomed = new LinkedHashSet<>();
    for (Event.Write write : lost) {
      TimelineBranch branch = history.branches().resolve(write.member(), write.timeline());
      if (branch != null) {
        doomed.add(branch);
      }
    }
    for (TimelineBranch old : doomed) {
      Long fork = surviving == null ? null : old.forkTo(surviving);
      if (fork == null) {
        draft.detail("WAL bytes lost are not known: no fork between the branches was read");
        continue;
      }
      long seen = furthestSeen(history, old);
      long end = Math.max(seen, endRead(history, old));
      draft.part(
          "wal-lost-timeline-" + old.timeline(),
          new Measured(Math.max(0, seen - fork), Math.max(0, end - fork), null, "bytes"));
      if (read != null && promotedWithin(history, old, read.member())) {
        AsynchronousLossBound.add(draft, history, old, read.member(), Math.max(0, end - fork));
      }
    }
  }

  /** A restored cluster loses what was not archived; Patroni promises nothing about that. */
  private static boolean promotedWithin(LedgerViews history, TimelineBranch old, String survivor) {
    String cluster = history.cluster(survivor);
    return history.spells().stream()
        .filter(spell -> old.equals(spell.branch()))
        .allMatch(spell -> java.util.Objects.equals(cluster, history.cluster(spell.member())));
  }

  private static long furthestSeen(LedgerViews history, TimelineBranch old) {
    long furthest = 0;
    for (MemberCommitSpan spell : history.spells()) {
      if (old.equals(spell.branch())) {
        for (Event commit : spell.commits()) {
          furthest = Math.max(furthest, MemberCommitSpan.lsn(commit));
        }
      }
    }
    return furthest;
  }

  private static long endRead(LedgerViews history, TimelineBranch old) {
    long end = 0;
    for (Event.RowsRead read : history.of(Event.RowsRead.class)) {
      if (read.purpose().equals("diverged")
          && old.equals(history.branches().resolve(read.member(), read.timeline()))) {
        end = Math.max(end, read.lsn());
      }
    }
    for (OrphanedWal wal : history.of(OrphanedWal.class)) {
      if (old.equals(history.branches().resolve(wal.member(), wal.timeline()))) {
        end = Math.max(end, wal.endLsn());
      }
    }
    return end;
  }
}
