package io.drillyard.check;

import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.Lsn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows that the surviving cluster holds at the end: the last read-back made for that purpose.
 *
 * <p>Says itself why it cannot be relied upon, if so: a read-back from the wrong cluster, from an
 * old branch, or from before the last heal proves nothing.
 */
final class SurvivingRows {
  static final String PURPOSE = "survivors";

  private final Event.@Nullable RowsRead read;
  private @Nullable String problem;
  private final Map<String, long[]> starts = new HashMap<>();
  private final Map<String, long[]> ends = new HashMap<>();
  private final List<String> oddities = new ArrayList<>();

  SurvivingRows(LedgerViews history, Target target) {
    Event.RowsRead last = null;
    for (Event.RowsRead candidate : history.of(Event.RowsRead.class)) {
      if (candidate.purpose().equals(PURPOSE)) {
        last = candidate;
      }
    }
    read = last;
    problem =
        last == null ? "the surviving rows were not read back" : problem(history, target, last);
    if (last != null) {
      index(last);
      compareWithSent(history);
      findImpossible(history, last);
    }
  }

  private static @Nullable String problem(LedgerViews history, Target target, Event.RowsRead read) {
    if (!target.survivingCluster().equals(history.cluster(read.member()))) {
      return "the surviving rows were read from %s, which is not in cluster %s"
          .formatted(read.member(), target.survivingCluster());
    }
    Interval release = history.faults().release();
    if (release == null) {
      return "the surviving rows were read while a fault was unhealed, or without any fault";
    }
    if (read.at().startNs() < release.endNs()) {
      return "the surviving rows were read before the last heal";
    }
    for (MemberCommitSpan spell : history.spells()) {
      if (target.survivingCluster().equals(history.cluster(spell.member()))
          && spell.timeline() > read.timeline()
          && !givenUp(history, spell, read)) {
        return "the surviving rows were read on timeline %d although %s served timeline %d"
            .formatted(read.timeline(), spell.member(), spell.timeline());
      }
    }
    String stale = stale(history, read);
    if (stale != null) {
      return stale;
    }
    String holder = null;
    for (Event.LeaderKey key : history.of(Event.LeaderKey.class)) {
      if (key.cluster().equals(target.survivingCluster())) {
        holder = key.holder();
      }
    }
    if (holder == null) {
      return "the surviving rows were read from %s while nobody was seen to hold the leader key"
          .formatted(read.member());
    }
    return holder.equals(read.member())
        ? null
        : "the surviving rows were read from %s, and %s holds the leader key at the end"
            .formatted(read.member(), holder);
  }

  /**
   * True of a newer timeline that the cluster never went over to, such as one that was begun by
   * hand: the leader key stayed with the member that was read from, that member went on to accept
   * commits, and whoever had served the newer timeline was seen to follow again before the
   * read-back. Without any of these the newer one may hold what the read-back lacks.
   */
  private static boolean givenUp(LedgerViews history, MemberCommitSpan newer, Event.RowsRead read) {
    boolean wentOn = false;
    for (MemberCommitSpan spell : history.spells()) {
      wentOn |=
          spell.member().equals(read.member())
              && spell.timeline() == read.timeline()
              && spell.lastSentNs() > newer.lastReturnedNs();
    }
    return wentOn && keyStayed(history, newer, read) && follows(history, newer, read);
  }

  private static boolean keyStayed(
      LedgerViews history, MemberCommitSpan newer, Event.RowsRead read) {
    String cluster = history.cluster(read.member());
    boolean stayed = false;
    for (Event.LeaderKey key : history.of(Event.LeaderKey.class)) {
      if (!key.cluster().equals(cluster)) {
        continue;
      }
      boolean own = read.member().equals(key.holder());
      // The watch tells changes: the last one from before counts, and every one since.
      stayed = key.at().endNs() < newer.firstSentNs() ? own : stayed && own;
    }
    return stayed;
  }

  private static boolean follows(LedgerViews history, MemberCommitSpan newer, Event.RowsRead read) {
    for (Event.Probed look : history.of(Event.Probed.class)) {
      if (look.member().equals(newer.member())
          && look.result() == Event.ProbeResult.READ_ONLY
          && look.inRecovery()
          && look.timeline() == read.timeline()
          && look.at().startNs() > newer.lastReturnedNs()
          && look.at().endsBefore(read.at())) {
        return true;
      }
    }
    return false;
  }

  /** A read-back stands on a timeline that was served, and behind every commit made before it. */
  private static @Nullable String stale(LedgerViews history, Event.RowsRead read) {
    for (MemberCommitSpan spell : history.spells()) {
      if (!spell.member().equals(read.member()) || spell.timeline() != read.timeline()) {
        continue;
      }
      for (Event commit : spell.commits()) {
        if (read.lsn() != 0
            && commit.at().endsBefore(read.at())
            && Long.compareUnsigned(MemberCommitSpan.lsn(commit), read.lsn()) > 0) {
          return "the surviving rows were read at %s, before commits that %s had accepted up to %s"
              .formatted(
                  Lsn.format(read.lsn()), read.member(), Lsn.format(MemberCommitSpan.lsn(commit)));
        }
      }
      return null;
    }
    return "the surviving rows were read from %s on timeline %d, on which it accepted no commit"
        .formatted(read.member(), read.timeline());
  }

  private void index(Event.RowsRead last) {
    for (Event.Rows rows : last.rows()) {
      if (!rows.duplicated().isEmpty()) {
        oddities.add(
            "writer '%s' has %d sequences more than once"
                .formatted(rows.writer(), rows.duplicated().size()));
      }
      if (starts.containsKey(rows.writer())) {
        problem = "the read-back lists writer '" + rows.writer() + "' twice";
      }
      List<Event.Span> spans = new ArrayList<>(rows.present());
      spans.sort(Comparator.comparingLong(Event.Span::from));
      starts.put(rows.writer(), spans.stream().mapToLong(Event.Span::from).toArray());
      ends.put(rows.writer(), spans.stream().mapToLong(Event.Span::to).toArray());
      long before = 0;
      for (Event.Span span : spans) {
        if (span.from() <= before || span.to() < span.from()) {
          problem = "the read-back of writer '" + rows.writer() + "' contradicts itself";
          break;
        }
        before = span.to();
      }
    }
  }

  private void compareWithSent(LedgerViews history) {
    Map<String, long[]> sent = LedgerSoundness.sequencesByWriter(history.writes());
    starts.forEach(
        (writer, from) -> {
          long held = 0;
          long[] to = ends.getOrDefault(writer, from);
          for (int i = 0; i < from.length; i++) {
            held += to[i] - from[i] + 1;
          }
          long known = 0;
          for (long sequence : sent.getOrDefault(writer, new long[0])) {
            known += present(writer, sequence) ? 1 : 0;
          }
          if (held > known) {
            oddities.add(
                "%d rows of writer '%s' were read back that the ledger never saw sent"
                    .formatted(held - known, writer));
          }
        });
  }

  /** Rows that cannot be there: sent only afterwards, or written where the survivor never was. */
  private void findImpossible(LedgerViews history, Event.RowsRead last) {
    TimelineBranch surviving = history.branches().resolve(last.member(), last.timeline());
    long early = 0;
    long beyond = 0;
    for (Event.Write write : history.writes()) {
      if (!holds(write)) {
        continue;
      }
      early += write.at().startNs() > last.at().endNs() ? 1 : 0;
      TimelineBranch branch = history.branches().resolve(write.member(), write.timeline());
      if (surviving != null && branch != null && write.lsn() != 0) {
        // Of an ancestor that the survivor had left, or of a newer one that left the survivor.
        Long left = surviving.forkTo(branch);
        boolean elsewhere = left != null && Long.compareUnsigned(write.lsn(), left) > 0;
        beyond += elsewhere || branch.beyondFork(surviving, write.lsn()) ? 1 : 0;
      }
    }
    if (early > 0) {
      oddities.add(early + " rows were read back before they had been sent");
    }
    if (beyond > 0) {
      oddities.add(beyond + " rows were read back that were written beyond the fork");
    }
  }

  /** Why this read-back proves nothing; null when it can be relied upon. */
  @Nullable String problem() {
    return problem;
  }

  /** What contradicts itself in it: with any of these nothing is proved to have been kept. */
  List<String> oddities() {
    return oddities;
  }

  Event.@Nullable RowsRead read() {
    return read;
  }

  /** True when the read-back began after this write had returned, so that it must be in it. */
  boolean covers(Event.Write write) {
    return read != null && write.at().endsBefore(read.at());
  }

  boolean holds(Event.Write write) {
    return present(write.writer(), write.sequence());
  }

  private boolean present(String writer, long sequence) {
    long[] from = starts.get(writer);
    long[] to = ends.get(writer);
    if (from == null || to == null) {
      return false;
    }
    int at = Arrays.binarySearch(from, sequence);
    int span = at >= 0 ? at : -at - 2;
    return span >= 0 && to[span] >= sequence;
  }
}
