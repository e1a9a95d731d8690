package io.drillyard.sabotage;

import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static io.drillyard.sabotage.Edits.SECOND;
import static io.drillyard.sabotage.Sabotage.ANY;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Two histories where there should be one. */
final class BranchSabotages {
  private static final String CHECK = "noSplitBrain";
  static final Predicate<Clean> CHANGED = c -> !c.oldLeader().equals(c.newLeader());
  private static final long BEYOND = 1L << 40;

  private BranchSabotages() {}

  static List<Sabotage> all() {
    return List.of(
        new Sabotage(
            "two primaries, by hand",
            "the old leader accepts writes beyond the fork after the new one did",
            CHECK,
            MISSED,
            CHANGED,
            c -> Edits.with(c.events(), pinned(c, c.oldLeader(), 1, 20))),
        new Sabotage(
            "two primaries, seen by one probe",
            "one single probe of the old leader commits beyond the fork",
            CHECK,
            MISSED,
            CHANGED,
            c -> Edits.with(c.events(), probe(c, c.oldLeader(), 1, BEYOND))),
        new Sabotage(
            "two primaries on one timeline",
            "a bystander accepts writes on the new leader's timeline",
            CHECK,
            MISSED,
            CHANGED,
            c -> Edits.with(c.events(), pinned(c, c.bystander(), c.readBack().timeline(), 20))),
        new Sabotage(
            "one number, two histories",
            "a bystander tells of another fork of the same timeline",
            CHECK,
            MISSED,
            CHANGED,
            c -> Edits.with(c.events(), otherHistory(c))),
        new Sabotage(
            "archive clash",
            "the archive holds a segment of that name with another checksum",
            CHECK,
            MISSED,
            ANY,
            c ->
                Edits.with(
                    c.events(),
                    new Event.Note(
                        c.readBack().at(), "error", "archive-push: [045] segment exists"))),
        new Sabotage(
            "commits of nobody",
            "an acknowledged write names no timeline",
            CHECK,
            UNDETERMINED,
            ANY,
            c -> Edits.swap(c.events(), c.recovered(), nameless(c.recovered()))),
        new Sabotage(
            "history not read",
            "no member's timeline history was read",
            CHECK,
            UNDETERMINED,
            CHANGED,
            c -> Edits.without(c.events(), Event.HistorySeen.class::isInstance)),
        new Sabotage(
            "WAL that goes backwards",
            "the new leader's later commits stand before its earlier ones",
            CHECK,
            UNDETERMINED,
            CHANGED,
            BranchSabotages::backwards));
  }

  private static List<Event> pinned(Clean clean, String member, int timeline, int count) {
    List<Event> writes = new ArrayList<>();
    long from = clean.recovered().at().endNs() + SECOND;
    for (int i = 0; i < count; i++) {
      Interval at = new Interval(from + i * 20_000_000L, from + i * 20_000_000L + 4_000_000L);
      writes.add(
          new Event.Write(
              at,
              at.startNs(),
              "pinned:" + member + "@hand",
              "a",
              member,
              i + 1L,
              WriteOutcome.ACKNOWLEDGED,
              member,
              timeline,
              BEYOND + i,
              i + 1L,
              null,
              null));
    }
    return writes;
  }

  private static Event.Probed probe(Clean clean, String member, int timeline, long lsn) {
    long from = clean.recovered().at().endNs() + SECOND;
    return new Event.Probed(
        new Interval(from, from + 3_000_000L),
        member,
        Event.ProbeResult.COMMITTED,
        false,
        timeline,
        lsn,
        0,
        null);
  }

  private static Event.HistorySeen otherHistory(Clean clean) {
    Event.HistorySeen real =
        clean.of(Event.HistorySeen.class).stream()
            .filter(h -> h.timeline() > 1 && !h.systemIdentifier().isEmpty())
            .findFirst()
            .orElseThrow();
    Event.Fork fork = real.forks().getLast();
    return new Event.HistorySeen(
        real.at(),
        "member",
        clean.bystander(),
        real.systemIdentifier(),
        real.timeline(),
        List.of(new Event.Fork(fork.parentTimeline(), fork.lsn() - 4096)));
  }

  private static Event.Write nameless(Event.Write w) {
    return new Event.Write(
        w.at(),
        w.scheduledNs(),
        w.writer(),
        w.site(),
        w.pinnedTo(),
        w.sequence(),
        w.outcome(),
        null,
        0,
        0,
        0,
        null,
        null);
  }

  private static List<Event> backwards(Clean clean) {
    long from = clean.phaseNs("converged");
    long lsn = clean.recovered().lsn();
    return Edits.each(
        clean.events(),
        Event.Write.class,
        w ->
            w.at().startNs() > from && w.routed() && w.acknowledged()
                ? new Event.Write(
                    w.at(),
                    w.scheduledNs(),
                    w.writer(),
                    w.site(),
                    null,
                    w.sequence(),
                    w.outcome(),
                    w.member(),
                    w.timeline(),
                    lsn,
                    w.xid(),
                    null,
                    null)
                : w);
  }
}
