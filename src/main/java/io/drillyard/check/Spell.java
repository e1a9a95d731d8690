package io.drillyard.check;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Slice;
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
record Spell(
    String member,
    int timeline,
    @Nullable Branch branch,
    Slice<Event> commits,
    long firstSentNs,
    long firstReturnedNs,
    long lastSentNs,
    long lastReturnedNs) {

  /** Every spell of a run, in the order of their first commits. */
  static List<Spell> of(History history) {
    Map<String, Map<Integer, Slice<Event>>> grouped = new LinkedHashMap<>();
    Slice<Event.Write> writes = history.writes();
    for (int i = 0; i < writes.size(); i++) {
      Event.Write write = writes.get(i);
      if (write.acknowledged() && write.member() != null && write.timeline() > 0) {
        of(grouped, write.member(), write.timeline(), history).take(writes.place(i));
      }
    }
    Slice<Event.Probed> probes = history.of(Event.Probed.class);
    for (int i = 0; i < probes.size(); i++) {
      Event.Probed probe = probes.get(i);
      if (probe.result() == Event.ProbeResult.COMMITTED && probe.timeline() > 0) {
        of(grouped, probe.member(), probe.timeline(), history).take(probes.place(i));
      }
    }
    List<Spell> spells = new ArrayList<>();
    grouped.forEach(
        (member, byTimeline) ->
            byTimeline.forEach((timeline, c) -> spells.add(of(history, member, timeline, c))));
    spells.sort(
        Comparator.comparingLong(Spell::firstSentNs)
            .thenComparing(Spell::member)
            .thenComparingInt(Spell::timeline));
    return List.copyOf(spells);
  }

  private static Slice<Event> of(
      Map<String, Map<Integer, Slice<Event>>> grouped,
      String member,
      int timeline,
      History history) {
    return grouped
        .computeIfAbsent(member, m -> new HashMap<>())
        .computeIfAbsent(timeline, t -> history.slice());
  }

  private static Spell of(History history, String member, int timeline, Slice<Event> commits) {
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
    Branch branch = history.branches().resolve(member, timeline);
    return new Spell(
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
  boolean wholeBefore(Spell other) {
    return lastReturnedNs < other.firstSentNs;
  }

  /** For a person: {@code pg1 on timeline 2 (forked from 1 at 0/5000000)}. */
  String words() {
    return member + " on " + (branch == null ? "timeline " + timeline : branch.words());
  }
}
