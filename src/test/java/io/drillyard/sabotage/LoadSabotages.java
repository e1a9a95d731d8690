package io.drillyard.sabotage;

import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static io.drillyard.sabotage.Edits.SECOND;
import static io.drillyard.sabotage.Sabotage.ANY;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.WriteOutcome;
import java.util.List;
import java.util.function.Predicate;

/** Clients that do not show what service there was. */
final class LoadSabotages {
  private static final String RECOVERY = "recoveryTime";
  private static final String LOAD = "loadWasAdequate";
  static final Predicate<Clean> SEVERAL_CLIENTS =
      c ->
          c.of(Event.Write.class).stream()
                  .filter(Event.Write::routed)
                  .map(Event.Write::writer)
                  .distinct()
                  .count()
              > 1;

  /** The load went on for longer than the RTO. */
  static final Predicate<Clean> LONG =
      c ->
          c.phaseNs("collect") - c.fault().at().endNs()
              > c.target().objective().rto().toNanos() + SECOND / 2;

  private LoadSabotages() {}

  static List<Sabotage> all() {
    return List.of(
        new Sabotage(
            "served by the doomed",
            "after the fault only the old leader acknowledges, and nothing of it survives",
            RECOVERY,
            MISSED,
            c -> LONG.test(c) && !c.oldLeader().equals(c.newLeader()),
            LoadSabotages::doomed),
        new Sabotage(
            "one client never served again",
            "one routed client fails from the fault on, the other is served",
            RECOVERY,
            MISSED,
            c -> LONG.test(c) && SEVERAL_CLIENTS.test(c),
            c -> Edits.swap(failing(c), read(failing(c)), withoutFailed(c))),
        new Sabotage(
            "one client falls silent",
            "one routed client sends nothing from shortly after the fault",
            RECOVERY,
            UNDETERMINED,
            SEVERAL_CLIENTS,
            c ->
                Edits.neverSent(
                    c.events(), w -> w.writer().equals(c.lastClient()) && after(c, w, SECOND / 4))),
        new Sabotage(
            "no service before the fault",
            "no routed write in the last second before it",
            RECOVERY,
            UNDETERMINED,
            ANY,
            c ->
                Edits.neverSent(
                    c.events(), w -> w.routed() && after(c, w, -SECOND) && !after(c, w, 0))),
        new Sabotage(
            "load stopped at the fault",
            "no routed write afterwards",
            RECOVERY,
            UNDETERMINED,
            ANY,
            c -> Edits.neverSent(c.events(), w -> w.routed() && after(c, w, 0))),
        new Sabotage(
            "load stopped at the recovery",
            "no routed write from a second after service was back",
            LOAD,
            UNDETERMINED,
            ANY,
            c ->
                Edits.neverSent(
                    c.events(),
                    w -> w.routed() && w.at().startNs() > c.recovered().at().endNs() + SECOND)),
        new Sabotage(
            "idle load",
            "nine of ten routed writes were never sent",
            LOAD,
            UNDETERMINED,
            ANY,
            c -> Edits.neverSent(c.events(), w -> w.routed() && w.sequence() % 10 != 0)),
        new Sabotage(
            "load at one site only",
            "the clients of one site were never there",
            LOAD,
            UNDETERMINED,
            SEVERAL_CLIENTS,
            c -> Edits.neverSent(c.events(), w -> w.writer().equals(c.lastClient()))),
        new Sabotage(
            "harness stalled at the injection",
            "when the fault began is not known to ten minutes",
            RECOVERY,
            UNDETERMINED,
            Sabotage.HELD,
            c -> Edits.with(c.events(), new Event.Stalled(c.fault().at(), 600 * Edits.SECOND))));
  }

  private static boolean after(Clean clean, Event event, long ns) {
    return event.at().startNs() > clean.fault().at().startNs() + ns;
  }

  private static List<Event> doomed(Clean clean) {
    Predicate<Event.Write> late = w -> w.routed() && after(clean, w, 0);
    List<Event> events =
        Edits.each(
            clean.events(),
            Event.Write.class,
            w ->
                late.test(w)
                    ? new Event.Write(
                        w.at(),
                        w.scheduledNs(),
                        w.writer(),
                        w.site(),
                        null,
                        w.sequence(),
                        WriteOutcome.ACKNOWLEDGED,
                        clean.oldLeader(),
                        1,
                        1L << 40,
                        w.xid(),
                        null,
                        null)
                    : w);
    return Edits.swap(events, clean.readBack(), kept(clean, late.negate()));
  }

  private static Event.RowsRead kept(Clean clean, Predicate<Event.Write> keep) {
    Event.RowsRead read = clean.readBack();
    for (String writer : read.rows().stream().map(Event.Rows::writer).toList()) {
      List<Long> gone =
          clean.of(Event.Write.class).stream()
              .filter(w -> w.writer().equals(writer) && !keep.test(w))
              .map(Event.Write::sequence)
              .toList();
      read = Edits.reread(read, writer, gone, List.of());
    }
    return read;
  }

  private static List<Event> failing(Clean clean) {
    return Edits.each(
        clean.events(),
        Event.Write.class,
        w ->
            w.writer().equals(clean.lastClient()) && after(clean, w, 0)
                ? Edits.outcome(w, WriteOutcome.REFUSED)
                : w);
  }

  private static Event.RowsRead read(List<Event> events) {
    return Edits.of(events, Event.RowsRead.class).getLast();
  }

  private static Event.RowsRead withoutFailed(Clean clean) {
    return kept(clean, w -> !(w.writer().equals(clean.lastClient()) && after(clean, w, 0)));
  }
}
