package io.drillyard.check;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Lsn;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lost writes against the WAL of the branch that was given up: a write that was acknowledged has
 * its commit record there, found by its transaction id.
 */
final class OrphanedCommits {
  private OrphanedCommits() {}

  static void add(Draft draft, History history, List<Event.Write> lost) {
    for (Event.OrphanedWal wal : history.of(Event.OrphanedWal.class)) {
      Set<Long> committed = new HashSet<>();
      wal.commits().forEach(c -> committed.add(c.xid()));
      List<Event.Write> own = lost.stream().filter(w -> isOn(w, wal)).toList();
      long found = own.stream().filter(w -> committed.contains(w.xid())).count();
      draft.detail(
          "orphaned WAL of %s, timeline %d, %s to %s: %d commits; of %d lost writes of that branch %d have their commit record there%s"
              .formatted(
                  wal.member(),
                  wal.timeline(),
                  Lsn.format(wal.forkLsn()),
                  wal.endLsn() == 0 ? "an end that is not known" : Lsn.format(wal.endLsn()),
                  wal.commits().size(),
                  own.size(),
                  found,
                  wal.problem() == null ? "" : " (" + wal.problem() + ")"));
      draft.count("lost-with-commit-record", found);
      draft.count("lost-without-commit-record", own.size() - found);
    }
  }

  private static boolean isOn(Event.Write write, Event.OrphanedWal wal) {
    return wal.member().equals(write.member()) && wal.timeline() == write.timeline();
  }
}
