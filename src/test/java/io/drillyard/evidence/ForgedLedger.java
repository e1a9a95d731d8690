package io.drillyard.evidence;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Event.ProbeResult;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Builds event streams that look like a drill's. Times are milliseconds after the origin. */
final class ForgedLedger {
  /** The routed writer of every forged drill. */
  static final String ROUTED = "routed@onprem";

  final List<Event> events = new ArrayList<>();
  private final Random random = new Random(7);
  private long sequence;
  private long pinned;

  ForgedLedger(String scenario, String context, String disruption) {
    add(
        new Event.Opened(
            at(0, 0),
            1,
            "r",
            scenario,
            "two-sites",
            context,
            disruption,
            "2026-11-20T22:15:00Z",
            Map.of("postgresql", "17.6")));
  }

  static Interval at(double startMs, double endMs) {
    return new Interval((long) (startMs * 1e6), (long) (endMs * 1e6));
  }

  ForgedLedger add(Event event) {
    events.add(event);
    return this;
  }

  ForgedLedger members(String... namesAtSites) {
    List<Event.Member> members = new ArrayList<>();
    for (String n : namesAtSites) {
      String[] part = n.split("@", -1);
      String cluster = part[1].equals("cloud") ? "main-dr" : "main";
      members.add(new Event.Member(part[0], cluster, part[1], "198.18.1.1" + members.size()));
    }
    return add(new Event.Topology(at(5000, 5000), members, "pg1", "etcd2", true, "memory (tmpfs)"));
  }

  ForgedLedger phase(double ms, String name) {
    return add(new Event.Phase(at(ms, ms), name));
  }

  /** 40 looks a second at one member that all come to the same. */
  ForgedLedger probes(String member, double fromMs, double toMs, ProbeResult result, int timeline) {
    double step = result == ProbeResult.HUNG ? 1000 : 25;
    for (double t = fromMs; t < toMs; t += step) {
      double took = result == ProbeResult.HUNG ? 990 : 1 + random.nextDouble() * 3;
      add(
          new Event.Probed(
              at(t, t + took),
              member,
              result,
              result == ProbeResult.READ_ONLY,
              timeline,
              0,
              0,
              result == ProbeResult.ERROR ? "53300" : null));
    }
    return this;
  }

  /** Routed writes at a rate, all with the same outcome. Returns the last sequence. */
  long routed(
      double fromMs,
      double toMs,
      double perSecond,
      WriteOutcome outcome,
      String member,
      int timeline) {
    for (double t = fromMs; t < toMs; t += 1000 / perSecond) {
      double took = Math.exp(1.1 + random.nextGaussian() * 0.6);
      took = outcome == WriteOutcome.UNKNOWN ? 2000 : took;
      write(ROUTED, null, ++sequence, at(t, t + took), outcome, member, timeline);
    }
    return sequence;
  }

  /** Acknowledged writes pinned to one member. */
  ForgedLedger pinned(String member, double fromMs, double toMs, int timeline) {
    for (double t = fromMs; t < toMs; t += 100) {
      write(
          "pinned@" + member,
          member,
          ++pinned,
          at(t, t + 3),
          WriteOutcome.ACKNOWLEDGED,
          member,
          timeline);
    }
    return this;
  }

  private void write(
      String writer,
      @Nullable String pinnedTo,
      long number,
      Interval at,
      WriteOutcome outcome,
      String member,
      int timeline) {
    boolean acked = outcome == WriteOutcome.ACKNOWLEDGED;
    add(
        new Event.Write(
            at,
            at.startNs() - 200_000,
            writer,
            "onprem",
            pinnedTo,
            number,
            outcome,
            acked ? member : null,
            acked ? timeline : 0,
            acked ? 0x3000000L + number * 220 : 0,
            acked ? 700 + number : 0,
            outcome == WriteOutcome.REFUSED ? "25006" : null,
            null));
  }

  ForgedLedger leader(double ms, String cluster, @Nullable String holder) {
    return add(new Event.LeaderKey(at(ms, ms + 4), cluster, holder, (long) ms));
  }

  ForgedLedger fault(double ms, String name, String type, String target, String description) {
    return add(
        new Event.Injected(at(ms, ms + 28), name, type, "host", List.of(target), description));
  }

  ForgedLedger witness(double fromMs, double toMs, String fault, boolean expected, boolean holds) {
    for (double t = fromMs; t < toMs; t += 1000) {
      add(
          new Event.Witnessed(
              at(t, t + 5), fault, expected, holds, "ping over data network", "3 of 3 lost"));
    }
    return this;
  }

  ForgedLedger healed(double ms, String fault) {
    return add(new Event.Healed(at(ms, ms + 350), fault));
  }

  ForgedLedger action(double from, double to, String who, String verb, String on, String detail) {
    return add(new Event.Action(at(from, to), who, verb, on, detail));
  }

  ForgedLedger awaited(double from, double to, String condition, boolean ok) {
    return add(
        new Event.Awaited(at(from, to), condition, ok, 90_000_000_000L, "seen on pg2", null));
  }

  /** The final read: these routed rows, and all pinned ones of {@code pinnedWriter}. */
  ForgedLedger survivors(double ms, String pinnedWriter, Event.Span... routed) {
    List<Event.Rows> rows = new ArrayList<>();
    rows.add(new Event.Rows(ROUTED, List.of(routed), List.of()));
    for (Event event : events) {
      if (event instanceof Event.Write w && !w.routed()) {
        boolean kept = w.writer().equals(pinnedWriter) || w.at().endNs() < 14_900_000_000L;
        long n = w.sequence();
        if (kept) {
          rows.add(new Event.Rows(w.writer(), List.of(new Event.Span(n, n)), List.of()));
        }
      }
    }
    return add(new Event.RowsRead(at(ms, ms + 40), "survivors", "pg2", 2, 1, merged(rows)));
  }

  private static List<Event.Rows> merged(List<Event.Rows> rows) {
    Map<String, List<Event.Span>> spans = new java.util.TreeMap<>();
    for (Event.Rows r : rows) {
      spans.computeIfAbsent(r.writer(), k -> new ArrayList<>()).addAll(r.present());
    }
    return spans.entrySet().stream()
        .map(e -> new Event.Rows(e.getKey(), e.getValue(), List.of()))
        .toList();
  }

  ForgedLedger history(double ms, String source, String name, int timeline, Event.Fork... forks) {
    return add(
        new Event.HistorySeen(
            at(ms, ms + 9), source, name, "7412345678901234567", timeline, List.of(forks)));
  }

  ForgedLedger closed(double ms, String end) {
    return add(new Event.Closed(at(ms, ms), end, end.equals("complete") ? null : "Ctrl-C"));
  }
}
