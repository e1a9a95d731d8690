package io.drillyard.check;

import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Lsn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Compares every two spells of accepted commits for a proved overlap on diverged branches.
 *
 * <p>A commit happened somewhere in its closed interval [sent, returned]. That an old branch
 * accepted after a new one is therefore proved only where the old branch's commit was <em>sent</em>
 * strictly after the new branch's had <em>returned</em>. It is excluded only where the old one had
 * returned strictly before the new one was sent. Everything between is a doubt, not a proof: take a
 * write that was sent before the failover and whose answer arrived after it.
 */
final class OverlappingCommits {
  /**
   * A proved overlap.
   *
   * @param commits accepted on the wrong branch after the right one had accepted (capped)
   * @param count of them all
   */
  record Clash(String sentence, List<Event> commits, long count, long lowerNs, long upperNs) {}

  private final SurvivingRows survivors;
  private final @Nullable TimelineBranch surviving;
  private final List<Clash> findings = new ArrayList<>();
  private final List<String> doubts = new ArrayList<>();

  OverlappingCommits(LedgerViews history, Target target) {
    survivors = history.survivors(target);
    Event.RowsRead read = survivors.read();
    surviving =
        read == null || survivors.problem() != null
            ? null
            : history.branches().resolve(read.member(), read.timeline());
    List<MemberCommitSpan> spells = history.spells();
    for (int i = 0; i < spells.size(); i++) {
      for (int j = i + 1; j < spells.size(); j++) {
        compare(spells.get(i), spells.get(j));
      }
    }
    unplaced(history);
    spells.forEach(this::backwards);
  }

  /** Proved overlaps. */
  List<Clash> findings() {
    return findings;
  }

  /** What the ledger leaves open, in sentences: with any of these, nothing is excluded. */
  List<String> doubts() {
    return doubts;
  }

  /** Acknowledgements that name no member or timeline could be anybody's. */
  private void unplaced(LedgerViews history) {
    long count = 0;
    for (Event.Write write : history.writes()) {
      if (write.acknowledged() && (write.member() == null || write.timeline() < 1)) {
        count++;
      }
    }
    for (Event.Probed probe : history.of(Event.Probed.class)) {
      if (probe.result() == Event.ProbeResult.COMMITTED && probe.timeline() < 1) {
        count++;
      }
    }
    if (count > 0) {
      doubts.add(count + " accepted commits name no member or no timeline");
    }
  }

  /**
   * WAL only grows: a commit that stands before one that had returned already tells of a second
   * history under one number, such as a server that lost WAL and went on.
   */
  private void backwards(MemberCommitSpan spell) {
    PriorityQueue<Event> open = new PriorityQueue<>(Comparator.comparingLong(e -> e.at().endNs()));
    long furthest = 0;
    long count = 0;
    for (Event commit : spell.commits()) {
      while (!open.isEmpty() && open.element().at().endsBefore(commit.at())) {
        furthest = Math.max(furthest, MemberCommitSpan.lsn(open.remove()));
      }
      count += MemberCommitSpan.lsn(commit) != 0 && MemberCommitSpan.lsn(commit) < furthest ? 1 : 0;
      open.add(commit);
    }
    if (count > 0) {
      doubts.add(
          "%d commits of %s stand before earlier ones: its WAL went backwards"
              .formatted(count, spell.words()));
    }
  }

  private void compare(MemberCommitSpan first, MemberCommitSpan second) {
    if (first.member().equals(second.member())) {
      // One member cannot be two primaries; what it does to others shows in their pairs.
      return;
    }
    TimelineBranch a = first.branch();
    TimelineBranch b = second.branch();
    if (a == null || b == null) {
      unresolved(first, second);
      return;
    }
    Long forkAtoB = a.forkTo(b);
    Long forkBtoA = b.forkTo(a);
    if (forkAtoB != null) {
      oldAgainstNew(first, second, forkAtoB);
    } else if (forkBtoA != null) {
      oldAgainstNew(second, first, forkBtoA);
    } else {
      besideEachOther(first, second, a.equals(b));
    }
  }

  private void unresolved(MemberCommitSpan first, MemberCommitSpan second) {
    if (first.timeline() == second.timeline() && alternating(first, second) != null) {
      besideEachOther(first, second, true);
      return;
    }
    doubts.add(
        "%s and %s both accepted commits, and no history tells how their branches relate"
            .formatted(first.words(), second.words()));
  }

  /** The old branch ended, for the new one, at the fork: what it accepted beyond is diverged. */
  private void oldAgainstNew(MemberCommitSpan old, MemberCommitSpan fresh, long fork) {
    List<Event> proved = new ArrayList<>();
    long count = 0;
    long during = 0;
    long undecided = 0;
    long lastSent = Long.MIN_VALUE;
    long lastReturned = Long.MIN_VALUE;
    for (Event commit : old.commits()) {
      long lsn = MemberCommitSpan.lsn(commit);
      boolean atFork = lsn == fork;
      boolean onTrunk = atFork ? wentOn(commit, fresh) : Long.compareUnsigned(lsn, fork) < 0;
      if ((lsn != 0 && onTrunk) || commit.at().endNs() < fresh.firstSentNs()) {
        continue;
      }
      if (lsn == 0 || atFork || commit.at().startNs() <= fresh.firstReturnedNs()) {
        undecided++;
        continue;
      }
      count++;
      during += commit.at().startNs() < fresh.lastSentNs() ? 1 : 0;
      lastSent = Math.max(lastSent, commit.at().startNs());
      lastReturned = Math.max(lastReturned, commit.at().endNs());
      if (proved.size() < FindingBuilder.DETAILS_MAX) {
        proved.add(commit);
      }
    }
    if (count > 0) {
      // The newer one may be over first: one that was promoted by hand and given up.
      boolean outlived = during > 0 && during < count;
      long told = outlived ? during : count;
      findings.add(
          new Clash(
              "%s accepted %d commits beyond the fork at %s after %s had accepted one%s"
                  .formatted(
                      old.words(),
                      told,
                      Lsn.format(fork),
                      fresh.words(),
                      outlived ? ", and before its last" : ""),
              proved,
              told,
              Math.max(0, Math.min(lastSent, fresh.lastSentNs()) - fresh.firstReturnedNs()),
              Math.min(lastReturned, fresh.lastReturnedNs()) - fresh.firstSentNs()));
    } else if (undecided > 0) {
      doubts.add(
          "%d commits of %s may or may not have come after the first of %s"
              .formatted(undecided, old.words(), fresh.words()));
    }
  }

  /**
   * True of a commit exactly at the fork whose row the surviving branch holds: it came there by the
   * newer branch, so that its commit record was before the fork after all.
   *
   * <p>A commit's position is read before its commit record is written, and a fork is where the
   * last record ended that the newer branch took over. Where both are the same, the commit record
   * seems to be beyond; but the two are read in different ways (an insert position, and the end of
   * a record, which differ where a page begins), so that this alone proves neither side.
   */
  private boolean wentOn(Event commit, MemberCommitSpan fresh) {
    TimelineBranch branch = fresh.branch();
    return commit instanceof Event.Write write
        && branch != null
        && surviving != null
        && branch.leadsTo(surviving)
        && survivors.holds(write);
  }

  /** Neither descends from the other: one branch served by two, or two diverged branches. */
  private void besideEachOther(
      MemberCommitSpan first, MemberCommitSpan second, boolean sameBranch) {
    Between between = alternating(first, second);
    if (between != null) {
      long lower =
          Math.min(first.lastSentNs(), second.lastSentNs())
              - Math.max(first.firstReturnedNs(), second.firstReturnedNs());
      long upper =
          Math.min(first.lastReturnedNs(), second.lastReturnedNs())
              - Math.max(first.firstSentNs(), second.firstSentNs());
      findings.add(
          new Clash(
              "%s and %s accepted commits in turns".formatted(first.words(), second.words()),
              between.commits(),
              between.count(),
              lower,
              upper));
      return;
    }
    // Spells come in the order of their first commits: the second cannot be over before the first.
    if (first.wholeBefore(second)) {
      sequential(first, second, sameBranch);
    } else {
      doubts.add(
          "%s and %s accepted commits at times that cannot be told apart"
              .formatted(first.words(), second.words()));
    }
  }

  /**
   * One after the other is a failover, unless the earlier one is the branch that survived: then the
   * later one accepted commits beside it.
   */
  private void sequential(MemberCommitSpan earlier, MemberCommitSpan later, boolean sameBranch) {
    TimelineBranch before = earlier.branch();
    TimelineBranch after = later.branch();
    if (before == null || after == null) {
      return;
    }
    if (sameBranch) {
      succession(earlier, later, before);
      return;
    }
    if (surviving == null) {
      doubts.add(
          "which of %s and %s survived is not known".formatted(earlier.words(), later.words()));
    } else if (before.leadsTo(surviving) && !after.leadsTo(surviving)) {
      findings.add(
          new Clash(
              "%s accepted commits after %s, whose branch survived, had accepted some"
                  .formatted(later.words(), earlier.words()),
              later
                  .commits()
                  .subList(0, Math.min(later.commits().size(), FindingBuilder.DETAILS_MAX)),
              later.commits().size(),
              later.lastSentNs() - earlier.firstReturnedNs(),
              later.lastReturnedNs() - earlier.firstSentNs()));
    }
  }

  /**
   * Two members that served one timeline number, one after the other. No standby becomes a primary
   * without a new number, so that the later one began from a copy. Where it commits at a position
   * that the earlier one had left behind with an acknowledged commit, its WAL there is another one:
   * two histories under one number. Where its WAL only goes on, it may lack the earlier one's last
   * commits all the same, unless the survivors hold every write that the earlier one acknowledged.
   */
  private void succession(MemberCommitSpan earlier, MemberCommitSpan later, TimelineBranch branch) {
    long reached = 0;
    boolean kept = surviving != null && branch.leadsTo(surviving);
    for (Event commit : earlier.commits()) {
      reached = Math.max(reached, MemberCommitSpan.lsn(commit));
      kept &= !(commit instanceof Event.Write write) || survivors.holds(write);
    }
    List<Event> behind = new ArrayList<>();
    long count = 0;
    for (Event commit : later.commits()) {
      if (MemberCommitSpan.lsn(commit) != 0 && MemberCommitSpan.lsn(commit) < reached) {
        count++;
        if (behind.size() < FindingBuilder.DETAILS_MAX) {
          behind.add(commit);
        }
      }
    }
    if (count > 0) {
      findings.add(
          new Clash(
              "timeline %d has two histories: %s accepted %d commits before %s, which %s had reached"
                  .formatted(
                      later.timeline(), later.words(), count, Lsn.format(reached), earlier.words()),
              behind,
              count,
              later.lastSentNs() - earlier.firstReturnedNs(),
              later.lastReturnedNs() - earlier.firstSentNs()));
    } else if (!kept) {
      doubts.add(
          "%s accepted commits after %s, without a timeline of its own: whether its history is the same is not known"
              .formatted(later.words(), earlier.words()));
    }
  }

  /** Commits of one that lie strictly between two of the other; null when there are none. */
  private static @Nullable Between alternating(MemberCommitSpan first, MemberCommitSpan second) {
    Between between = between(first, second);
    return between != null ? between : between(second, first);
  }

  /**
   * Commits of one member between two of another.
   *
   * @param commits the first of them
   * @param count of them all
   */
  private record Between(List<Event> commits, long count) {}

  private static @Nullable Between between(MemberCommitSpan outer, MemberCommitSpan inner) {
    List<Event> found = new ArrayList<>();
    long count = 0;
    for (Event commit : inner.commits()) {
      if (commit.at().startNs() > outer.firstReturnedNs()
          && commit.at().endNs() < outer.lastSentNs()) {
        count++;
        if (found.size() < FindingBuilder.DETAILS_MAX) {
          found.add(commit);
        }
      }
    }
    return count == 0 ? null : new Between(found, count);
  }

  /** One commit, for a person. */
  static String words(Event commit) {
    return switch (commit) {
      case Event.Write w ->
          "%s write: writer %s sequence %d at %s timeline %d lsn %s sent %s returned %s"
              .formatted(
                  w.routed() ? "routed" : "pinned",
                  w.writer(),
                  w.sequence(),
                  w.member(),
                  w.timeline(),
                  Lsn.format(w.lsn()),
                  FindingBuilder.seconds(w.at().startNs() / 1e6),
                  FindingBuilder.seconds(w.at().endNs() / 1e6));
      case Event.Probed p ->
          "probe: %s timeline %d lsn %s sent %s returned %s"
              .formatted(
                  p.member(),
                  p.timeline(),
                  Lsn.format(p.lsn()),
                  FindingBuilder.seconds(p.at().startNs() / 1e6),
                  FindingBuilder.seconds(p.at().endNs() / 1e6));
      default -> commit.toString();
    };
  }
}
