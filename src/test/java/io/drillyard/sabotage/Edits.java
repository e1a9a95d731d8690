package io.drillyard.sabotage;

import io.drillyard.declaration.Objective;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a saboteur can do to a list of events; the list given is left alone. */
final class Edits {
  static final long SECOND = 1_000_000_000L;

  private Edits() {}

  static <E extends Event> List<E> of(List<Event> events, Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  static List<Event> without(List<Event> events, Predicate<Event> doomed) {
    return events.stream().filter(doomed.negate()).toList();
  }

  static <E extends Event> List<Event> each(
      List<Event> events, Class<E> kind, UnaryOperator<E> change) {
    return events.stream()
        .map(e -> kind.isInstance(e) ? (Event) change.apply(kind.cast(e)) : e)
        .toList();
  }

  /** One event in place of another. */
  static List<Event> swap(List<Event> events, Event old, Event fresh) {
    return events.stream().map(e -> e.equals(old) ? fresh : e).toList();
  }

  /** More events, before the closing one. */
  static List<Event> with(List<Event> events, List<? extends Event> more) {
    List<Event> all = new ArrayList<>(events.subList(0, events.size() - 1));
    all.addAll(more);
    all.add(events.getLast());
    return List.copyOf(all);
  }

  static List<Event> with(List<Event> events, Event more) {
    return with(events, List.of(more));
  }

  static boolean routed(Event event) {
    return event instanceof Event.Write w && w.routed();
  }

  /** A write with another interval. */
  static Event.Write at(Event.Write w, long fromNs, long toNs) {
    return write(w, new Interval(fromNs, toNs), w.sequence(), w.outcome(), w.member());
  }

  static Event.Write outcome(Event.Write w, WriteOutcome outcome) {
    return write(w, w.at(), w.sequence(), outcome, w.member());
  }

  /** As if it had been refused with that SQLSTATE. */
  static Event.Write refused(Event.Write w, String sqlState) {
    return new Event.Write(
        w.at(),
        w.scheduledNs(),
        w.writer(),
        w.site(),
        w.pinnedTo(),
        w.sequence(),
        WriteOutcome.REFUSED,
        null,
        0,
        0,
        0,
        sqlState,
        null);
  }

  static Event.Write sequence(Event.Write w, long sequence) {
    return write(w, w.at(), sequence, w.outcome(), w.member());
  }

  static Event.Write write(
      Event.Write w, Interval at, long sequence, WriteOutcome outcome, @Nullable String member) {
    return new Event.Write(
        at,
        Math.min(w.scheduledNs(), at.startNs()),
        w.writer(),
        w.site(),
        w.pinnedTo(),
        sequence,
        outcome,
        member,
        w.timeline(),
        w.lsn(),
        w.xid(),
        outcome == WriteOutcome.ACKNOWLEDGED ? null : "08006",
        null);
  }

  static Event.Probed probe(
      Event.Probed p, Interval at, Event.ProbeResult result, @Nullable String error) {
    return new Event.Probed(
        at, p.member(), result, p.inRecovery(), p.timeline(), p.lsn(), p.replayLsn(), error);
  }

  static Interval later(Interval at, long ns) {
    return new Interval(at.startNs() + ns, at.endNs() + ns);
  }

  /**
   * As if these writes had never been sent: the writers' other sequences move up, and the read-back
   * with them.
   */
  static List<Event> neverSent(List<Event> events, Predicate<Event.Write> doomed) {
    Map<String, Map<Long, Long>> moved = new HashMap<>();
    List<Event> left = new ArrayList<>();
    for (Event event : events) {
      if (!(event instanceof Event.Write w)) {
        left.add(event);
      } else if (!doomed.test(w)) {
        Map<Long, Long> of = moved.computeIfAbsent(w.writer(), k -> new HashMap<>());
        of.put(w.sequence(), of.size() + 1L);
        left.add(sequence(w, of.size()));
      }
    }
    return each(left, Event.RowsRead.class, r -> readBack(r, moved));
  }

  private static Event.RowsRead readBack(Event.RowsRead read, Map<String, Map<Long, Long>> moved) {
    Map<String, TreeSet<Long>> present = new LinkedHashMap<>();
    for (Event.Rows rows : read.rows()) {
      Map<Long, Long> of = moved.getOrDefault(rows.writer(), Map.of());
      for (Event.Span span : rows.present()) {
        for (long s = span.from(); s <= span.to(); s++) {
          Long now = of.get(s);
          if (now != null) {
            present.computeIfAbsent(rows.writer(), k -> new TreeSet<>()).add(now);
          }
        }
      }
    }
    List<Event.Rows> rows = new ArrayList<>();
    present.forEach((writer, set) -> rows.add(new Event.Rows(writer, spans(set), List.of())));
    return rows(read, rows);
  }

  static Event.RowsRead rows(Event.RowsRead read, List<Event.Rows> rows) {
    return new Event.RowsRead(
        read.at(), read.purpose(), read.member(), read.timeline(), read.lsn(), rows);
  }

  /** The read-back with some more or fewer sequences of one writer. */
  static Event.RowsRead reread(
      Event.RowsRead read, String writer, List<Long> gone, List<Long> come) {
    List<Event.Rows> all = new ArrayList<>();
    for (Event.Rows rows : read.rows()) {
      if (!rows.writer().equals(writer)) {
        all.add(rows);
        continue;
      }
      TreeSet<Long> set = new TreeSet<>(come);
      for (Event.Span span : rows.present()) {
        for (long s = span.from(); s <= span.to(); s++) {
          set.add(s);
        }
      }
      gone.forEach(set::remove);
      all.add(new Event.Rows(writer, spans(set), rows.duplicated()));
    }
    if (read.rows().stream().noneMatch(r -> r.writer().equals(writer))) {
      all.add(new Event.Rows(writer, spans(new TreeSet<>(come)), List.of()));
    }
    return rows(read, all);
  }

  private static List<Event.Span> spans(Iterable<Long> ascending) {
    List<Event.Span> spans = new ArrayList<>();
    for (long s : ascending) {
      int last = spans.size() - 1;
      if (last >= 0 && spans.get(last).to() == s - 1) {
        spans.set(last, new Event.Span(spans.get(last).from(), s));
      } else {
        spans.add(new Event.Span(s, s));
      }
    }
    return spans;
  }

  /** The same target with another RTO. */
  static Target rto(Target target, Duration rto) {
    Objective o = target.objective();
    return new Target(
        target.context(),
        new Objective(
            o.disruption(),
            o.failover(),
            rto,
            o.rpo(),
            o.redundancy(),
            o.servesWhileHeld(),
            o.share()),
        target.outageThreshold(),
        target.routedRate(),
        target.leastLoad(),
        target.steady(),
        target.declaredSynchronous(),
        target.control(),
        target.survivingCluster(),
        target.service());
  }
}
