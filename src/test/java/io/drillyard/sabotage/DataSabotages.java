package io.drillyard.sabotage;

import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static io.drillyard.sabotage.Edits.SECOND;
import static io.drillyard.sabotage.Sabotage.ANY;

import io.drillyard.declaration.Rpo;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.WriteOutcome;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Rows that are not what the clients were told, and read-backs that tell too much. */
final class DataSabotages {
  private static final String CHECK = "dataLoss";
  static final Predicate<Clean> NO_LOSS_ALLOWED =
      c -> c.target().objective().rpo().equals(new Rpo.Transactions(0));
  static final Predicate<Clean> SYNCHRONOUS = c -> c.target().declaredSynchronous();

  private DataSabotages() {}

  static List<Sabotage> all() {
    return List.of(
        lost("lost row", "one acknowledged row is absent", 1),
        lost(
            "replica promoted without the last commits",
            "the last 25 before the fault are absent",
            25),
        new Sabotage(
            "row that came back",
            "a write that was refused is present",
            CHECK,
            MISSED,
            c -> refused(c) != null,
            DataSabotages::resurrected),
        new Sabotage(
            "row written twice",
            "a sequence is there more than once",
            CHECK,
            UNDETERMINED,
            ANY,
            DataSabotages::duplicated),
        new Sabotage(
            "row moved to another writer",
            "one writer's row is absent, and a stranger's is there",
            CHECK,
            MISSED,
            NO_LOSS_ALLOWED,
            c ->
                Edits.swap(
                    lostRows(c, 1),
                    lastRead(lostRows(c, 1)),
                    Edits.reread(
                        lastRead(lostRows(c, 1)), "routed@nowhere", List.of(), List.of(1L)))),
        new Sabotage(
            "row that nobody sent",
            "the read-back holds a sequence beyond the last one",
            CHECK,
            UNDETERMINED,
            ANY,
            c ->
                reread(
                    c,
                    r -> Edits.reread(r, c.recovered().writer(), List.of(), List.of(9_999_999L)))),
        new Sabotage(
            "writer that lies",
            "an acknowledgement of a write that was never sent",
            CHECK,
            MISSED,
            NO_LOSS_ALLOWED,
            DataSabotages::neverSentButAcknowledged),
        new Sabotage(
            "sequence used again",
            "a writer gives two writes one number",
            "ledgerIsSound",
            UNDETERMINED,
            ANY,
            c ->
                Edits.swap(
                    c.events(),
                    c.recovered(),
                    Edits.sequence(c.recovered(), c.recovered().sequence() - 1))),
        new Sabotage(
            "survivors not read",
            "there is no final read-back",
            CHECK,
            UNDETERMINED,
            ANY,
            c -> Edits.without(c.events(), Event.RowsRead.class::isInstance)),
        new Sabotage(
            "survivors read before the heal",
            "the read-back lies before the last heal",
            CHECK,
            UNDETERMINED,
            ANY,
            c -> reread(c, r -> at(r, c.fault().at()))),
        new Sabotage(
            "read-back from the future",
            "it was made under load, and holds rows that were sent after it",
            CHECK,
            UNDETERMINED,
            ANY,
            c -> reread(c, r -> at(r, Interval.instant(c.phaseNs("converged") + SECOND)))),
        new Sabotage(
            "survivors read from a replica",
            "a member that does not lead answered",
            CHECK,
            UNDETERMINED,
            ANY,
            c -> reread(c, r -> from(r, c.bystander(), r.timeline(), r.lsn()))),
        new Sabotage(
            "read-back on a timeline of nobody",
            "its timeline was never served",
            CHECK,
            UNDETERMINED,
            ANY,
            c -> reread(c, r -> from(r, r.member(), 99, r.lsn()))),
        new Sabotage(
            "stale read-back",
            "its position lies before commits that had returned",
            CHECK,
            UNDETERMINED,
            ANY,
            c -> reread(c, r -> from(r, r.member(), r.timeline(), c.recovered().lsn()))),
        new Sabotage(
            "read-back of the doomed branch",
            "rows that the old leader wrote beyond the fork are present",
            CHECK,
            UNDETERMINED,
            c -> NO_LOSS_ALLOWED.test(c) && !c.oldLeader().equals(c.newLeader()),
            DataSabotages::beyondTheFork),
        setting("fsync off", "fsync", "off", ANY),
        setting("full_page_writes off", "full_page_writes", "off", ANY),
        setting("synchronous_commit off", "synchronous_commit", "off", SYNCHRONOUS),
        new Sabotage(
            "nobody asked for fsync",
            "the setting was not read",
            CHECK,
            UNDETERMINED,
            ANY,
            c ->
                Edits.without(
                    c.events(), e -> e instanceof Event.SettingSeen s && s.name().equals("fsync"))),
        new Sabotage(
            "no synchronous standby",
            "declared, and at the fault none was",
            CHECK,
            UNDETERMINED,
            SYNCHRONOUS,
            c ->
                RoleSabotages.standbys(
                    c,
                    0,
                    s ->
                        new Event.Standby(
                            s.member(), s.state(), "async", s.flushLsn(), s.replayLsn()))));
  }

  private static Sabotage setting(
      String name, String setting, String value, Predicate<Clean> fits) {
    return new Sabotage(
        name,
        setting + " is " + value + " on the old leader",
        CHECK,
        UNDETERMINED,
        fits,
        c ->
            Edits.each(
                c.events(),
                Event.SettingSeen.class,
                s ->
                    s.name().equals(setting) && s.subject().equals(c.oldLeader())
                        ? new Event.SettingSeen(s.at(), s.subject(), setting, s.asked(), value)
                        : s));
  }

  private static Sabotage lost(String name, String what, int count) {
    return new Sabotage(name, what, CHECK, MISSED, NO_LOSS_ALLOWED, c -> lostRows(c, count));
  }

  static List<Event> lostRows(Clean clean, int count) {
    List<Event> events = clean.events();
    for (Event.Write w : lastBeforeTheFault(clean, count)) {
      events =
          Edits.swap(
              events,
              lastRead(events),
              Edits.reread(lastRead(events), w.writer(), List.of(w.sequence()), List.of()));
    }
    return events;
  }

  private static List<Event.Write> lastBeforeTheFault(Clean clean, int count) {
    List<Event.Write> before =
        clean.of(Event.Write.class).stream()
            .filter(w -> w.routed() && w.acknowledged())
            .filter(w -> w.at().endNs() < clean.fault().at().startNs())
            .toList();
    return before.subList(before.size() - count, before.size());
  }

  private static Event.RowsRead lastRead(List<Event> events) {
    return Edits.of(events, Event.RowsRead.class).stream()
        .filter(r -> r.purpose().equals("survivors"))
        .toList()
        .getLast();
  }

  private static Event.@org.jspecify.annotations.Nullable Write refused(Clean clean) {
    return clean.of(Event.Write.class).stream()
        .filter(w -> w.routed() && w.outcome() == WriteOutcome.REFUSED)
        .findFirst()
        .orElse(null);
  }

  private static List<Event> resurrected(Clean clean) {
    Event.Write w = java.util.Objects.requireNonNull(refused(clean));
    return reread(clean, r -> Edits.reread(r, w.writer(), List.of(), List.of(w.sequence())));
  }

  private static List<Event> duplicated(Clean clean) {
    String writer = clean.recovered().writer();
    return reread(
        clean,
        r ->
            Edits.rows(
                r,
                r.rows().stream()
                    .map(
                        rows ->
                            rows.writer().equals(writer)
                                ? new Event.Rows(
                                    writer, rows.present(), List.of(clean.recovered().sequence()))
                                : rows)
                    .toList()));
  }

  private static List<Event> neverSentButAcknowledged(Clean clean) {
    Event.Write last =
        clean.of(Event.Write.class).stream()
            .filter(w -> w.writer().equals(clean.recovered().writer()))
            .max(java.util.Comparator.comparingLong(Event.Write::sequence))
            .orElseThrow();
    Event.Write lie =
        Edits.write(
            clean.recovered(),
            Edits.later(last.at(), 1_000_000),
            last.sequence() + 1,
            WriteOutcome.ACKNOWLEDGED,
            clean.newLeader());
    return Edits.with(clean.events(), lie);
  }

  private static List<Event> beyondTheFork(Clean clean) {
    List<Event> events = clean.events();
    for (Event.Write w : lastBeforeTheFault(clean, 10)) {
      Event.Write beyond =
          new Event.Write(
              w.at(),
              w.scheduledNs(),
              w.writer(),
              w.site(),
              null,
              w.sequence(),
              w.outcome(),
              w.member(),
              w.timeline(),
              w.lsn() + (1L << 40),
              w.xid(),
              null,
              null);
      events = Edits.swap(events, w, beyond);
    }
    return events;
  }

  private static List<Event> reread(Clean clean, UnaryOperator<Event.RowsRead> change) {
    return Edits.swap(clean.events(), clean.readBack(), change.apply(clean.readBack()));
  }

  private static Event.RowsRead at(Event.RowsRead r, Interval at) {
    return new Event.RowsRead(at, r.purpose(), r.member(), r.timeline(), r.lsn(), r.rows());
  }

  private static Event.RowsRead from(Event.RowsRead r, String member, int timeline, long lsn) {
    return new Event.RowsRead(r.at(), r.purpose(), member, timeline, lsn, r.rows());
  }
}
