package io.drillyard.check;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.LedgerSlice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All commits that one member was seen to accept under one timeline number.
 *
 * @param branch null when no history tells which branch that number was
 * @param commits acknowledged writes and committed probes, by the time they were sent
 * @param firstSentNs earliest sent
 * @param firstReturnedNs earliest returned: from here on it is proved that the member accepted
 * @param lastSentNs latest sent: until here it is proved that the member accepted
 * @param lastReturnedNs latest returned
 */
record MemberCommitSpan(
    String member,
    int timeline,
    @Nullable TimelineBranch branch,
    LedgerSlice<Event> commits,
    long firstSentNs,
    long firstReturnedNs,
    long lastSentNs,
    long lastReturnedNs) {

  /** Every spell of a run, in the order of their first commits. */
  static List<MemberCommitSpan> of(LedgerViews history) {
    Map<String, Map<Integer, LedgerSlice<Event>>> grouped = new LinkedHashMap<>();
    LedgerSlice<Event.Write> writes = history.writes();
    for (int i = 0; i < writes.size(); i++) {
      Event.Write write = writes.get(i);
      if (write.acknowledged() && write.member() != null && write.timeline() > 0) {
        of(grouped, write.member(), write.timeline(), history).take(writes.place(i));
      }
    }
    LedgerSlice<Event.Probed> probes = history.of(Event.Probed.class);
    for (int i = 0; i < probes.size(); i++) {
      Event.Probed probe = probes.get(i);
      if (probe.result() == Event.ProbeResult.COMMITTED && probe.timeline() > 0) {
        of(grouped, probe.member(), probe.timeline(), history).take(probes.place(i));
      }
    }
    List<MemberCommitSpan> spells = new ArrayList<>();
    grouped.forEach(
        (member, byTimeline) ->
            byTimeline.forEach((timeline, c) -> spells.add(of(history, member, timeline, c))));
    spells.sort(
        Comparator.comparingLong(MemberCommitSpan::firstSentNs)
            .thenComparing(MemberCommitSpan::member)
            .thenComparingInt(MemberCommitSpan::timeline));
    return List.copyOf(spells);
  }

  private static LedgerSlice<Event> of(
      Map<String, Map<Integer, LedgerSlice<Event>>> grouped,
      String member,
      int timeline,
      LedgerViews history) {
    return grouped
        .computeIfAbsent(member, m -> new HashMap<>())
        .computeIfAbsent(timeline, t -> history.slice());
  }

  private static MemberCommitSpan of(
      LedgerViews history, String member, int timeline, LedgerSlice<Event> commits) {
    // Two runs in order, writes and probes: merged in one pass.
    commits.sortByStart();
    long firstSent = Long.MAX_VALUE;
    long firstReturned = Long.MAX_VALUE;
    long lastSent = Long.MIN_VALUE;
    long lastReturned = Long.MIN_VALUE;
    for (Event commit : commits) {
      firstSent = Math.min(firstSent, commit.at().startNs());
      firstReturned = Math.min(firstReturned, commit.at().endNs());
      lastSent = Math.max(lastSent, commit.at().startNs());
      lastReturned = Math.max(lastReturned, commit.at().endNs());
    }
    TimelineBranch branch = history.branches().resolve(member, timeline);
    return new MemberCommitSpan(
        member, timeline, branch, commits, firstSent, firstReturned, lastSent, lastReturned);
  }

  /** The WAL position that a commit names; 0 when unknown. */
  static long lsn(Event commit) {
    return switch (commit) {
      case Event.Write write -> write.lsn();
      case Event.Probed probe -> probe.lsn();
      default -> 0;
    };
  }

  /** True when every commit here was over before the first one of the other was sent. */
  boolean wholeBefore(MemberCommitSpan other) {
    return lastReturnedNs < other.firstSentNs;
  }

  /** For a person: {@code pg1 on timeline 2 (forked from 1 at 0/5000000)}. */
  String words() {
    return member + " on " + (branch == null ? "timeline " + timeline : branch.words());
  }
}
