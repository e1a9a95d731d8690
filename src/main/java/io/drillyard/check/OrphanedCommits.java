package io.drillyard.check;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Lsn;
import io.drillyard.ledger.OrphanedWal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lost writes against the WAL of the branch that was given up: a write that was acknowledged has
 * its commit record there, found by its transaction id.
 */
final class OrphanedCommits {
  private OrphanedCommits() {}

  static void add(FindingBuilder draft, LedgerViews history, List<Event.Write> lost) {
    List<OrphanedWal> read = history.of(OrphanedWal.class);
    long with = 0;
    long without = 0;
    for (int i = 0; i < read.size(); i++) {
      OrphanedWal wal = read.get(i);
      // Before several healings the same branch is read several times: its last reading is told.
      if (read.subList(i + 1, read.size()).stream().anyMatch(later -> sameBranch(later, wal))) {
        continue;
      }
      Set<Long> committed = new HashSet<>();
      read.stream()
          .filter(one -> sameBranch(one, wal))
          .forEach(one -> one.commits().forEach(c -> committed.add(c.xid())));
      List<Event.Write> own = lost.stream().filter(w -> isOn(w, wal)).toList();
      long found = own.stream().filter(w -> committed.contains(w.xid())).count();
      with += found;
      without += own.size() - found;
      draft.detail(
          "orphaned WAL of %s, timeline %d, %s to %s: %d commits; of %d lost writes of that branch %d have their commit record there%s"
              .formatted(
                  wal.member(),
                  wal.timeline(),
                  Lsn.format(wal.forkLsn()),
                  wal.endLsn() == 0 ? "an end that is not known" : Lsn.format(wal.endLsn()),
                  committed.size(),
                  own.size(),
                  found,
                  wal.problem() == null ? "" : " (" + wal.problem() + ")"));
    }
    if (!read.isEmpty()) {
      draft.count("lost-with-commit-record", with);
      draft.count("lost-without-commit-record", without);
    }
  }

  private static boolean sameBranch(OrphanedWal one, OrphanedWal other) {
    return one.member().equals(other.member())
        && one.timeline() == other.timeline()
        && one.forkLsn() == other.forkLsn();
  }

  private static boolean isOn(Event.Write write, OrphanedWal wal) {
    return wal.member().equals(write.member()) && wal.timeline() == write.timeline();
  }
}
