package io.drillyard.play.restore;

import io.drillyard.backup.ArchiveBranches;
import io.drillyard.backup.TransactionEnds;
import io.drillyard.backup.WalDump;
import io.drillyard.backup.WalSegment;
import io.drillyard.check.backup.NewestBranch;
import io.drillyard.check.backup.TargetReached;
import io.drillyard.cluster.PgBackRest;
import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Segments of an archive, got by pgBackRest on a host and listed there by {@code pg_waldump}.
 *
 * @param binaries folder of PostgreSQL's programs, with its slash
 */
record ArchivedWal(Host host, String stanza, String binaries) {
  private static final int COMMIT_SEARCH = 8;

  /** A branch that goes on for longer is told by its newest segments. */
  private static final int BESIDE_MOST = 32;

  /**
   * Reads the archive's end from its last segment; the backup must have been copied.
   *
   * @param startWal first segment of the backup: commits before it are not replayed, and none is
   *     expected
   */
  TargetReached.Expected end(WalSegment last, String startWal, long segmentBytes) {
    WalSegment first = WalSegment.parse(startWal, segmentBytes);
    WalDump dump = dump(last.name(segmentBytes));
    Instant commit = dump.lastCommit();
    for (int back = 1;
        commit == null && back < COMMIT_SEARCH && last.number() - back >= first.number();
        back++) {
      WalSegment before = new WalSegment(last.timeline(), last.number() - back);
      commit = dump(before.name(segmentBytes)).lastCommit();
    }
    return TargetReached.Expected.of(dump, commit, last.name(segmentBytes));
  }

  /**
   * What another branch of history holds: its newest segments are read, {@link #BESIDE_MOST} at
   * most.
   */
  NewestBranch.Other beside(ArchiveBranches.Beside branch, long segmentBytes) {
    List<Long> numbers = branch.numbers();
    int from = Math.max(0, numbers.size() - BESIDE_MOST);
    int commits = 0;
    Instant newest = null;
    String problem = null;
    for (long number : numbers.subList(from, numbers.size())) {
      WalSegment segment = new WalSegment(branch.timeline(), number);
      try {
        for (TransactionEnds.At end : transactionEnds(segment.name(segmentBytes))) {
          if (end.committed() && Long.compareUnsigned(end.lsn(), branch.fromLsn()) >= 0) {
            commits++;
            newest = newest == null || end.time().isAfter(newest) ? end.time() : newest;
          }
        }
      } catch (HostException e) {
        problem = String.valueOf(e.getMessage());
      }
    }
    return new NewestBranch.Other(
        branch.timeline(), branch.fromLsn(), numbers.size(), commits, from == 0, newest, problem);
  }

  /**
   * Time of the last commit of the segments from one to another of a timeline; null when none is
   * found in the last ones. When the timeline began is no commit: a clone begins its own long after
   * the place at which it left production.
   */
  @Nullable Instant newest(WalSegment first, WalSegment last, long segmentBytes) {
    Instant newest = null;
    for (long number = last.number();
        newest == null && number >= first.number() && last.number() - number < BESIDE_MOST;
        number--) {
      WalSegment segment = new WalSegment(last.timeline(), number);
      CommandResult said = waldump(segment.name(segmentBytes), "cat");
      for (TransactionEnds.At end : TransactionEnds.parse(said.stdout())) {
        boolean later = newest == null || end.time().isAfter(newest);
        newest = end.committed() && later ? end.time() : newest;
      }
    }
    return newest;
  }

  /** Commits and aborts in a segment of the archive, in their order; it must be there. */
  List<TransactionEnds.At> transactionEnds(String segment) {
    CommandResult said = waldump(segment, "cat");
    if (!said.ok()) {
      throw new HostException(segment + " could not be read: " + said.tail());
    }
    return TransactionEnds.parse(said.stdout());
  }

  private WalDump dump(String name) {
    return WalDump.parse(waldump(name, "tail -n 1").stdout());
  }

  /**
   * Lists commits and aborts of a segment, and its last record.
   *
   * @param which of the commits and aborts, as a filter
   */
  private CommandResult waldump(String name, String which) {
    // The dump ends with an error where the records end, which is where the interest lies.
    String script =
        """
        rm -rf /tmp/wal; install -d -o postgres -g postgres /tmp/wal; cd /tmp/wal
        setpriv --reuid=postgres --regid=postgres --clear-groups -- \\
          pgbackrest --config=%s --stanza=%s --log-level-console=off archive-get %s /tmp/wal/%s || exit 1
        %spg_waldump %s 2>/dev/null > dump
        grep -E 'desc: (COMMIT|ABORT)' dump | %s
        tail -n 1 dump
        rm -rf /tmp/wal
        """
            .formatted(PgBackRest.CONFIGURATION, stanza, name, name, binaries, name, which);
    return host.attempt(Command.sh(script).within(Duration.ofSeconds(60)));
  }
}
