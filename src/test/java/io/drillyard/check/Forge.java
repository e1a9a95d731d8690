package io.drillyard.check;

import io.drillyard.backup.WalSegment;
import io.drillyard.ledger.BackupsSeen;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.LedgerFormat;
import io.drillyard.ledger.OrderAnswered;
import io.drillyard.ledger.RepositoryListed;
import io.drillyard.ledger.ServicesSeen;
import io.drillyard.ledger.WalSwitched;
import io.drillyard.ledger.WriteOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Forges ledgers. All times are milliseconds of the run; each look or write takes 4 ms. */
public final class Forge {
  public static final String SYSTEM = "7000000000000000001";
  public static final long MS = 1_000_000L;
  public static final long TOOK_MS = 4;

  private static final List<String> DURABLE =
      List.of(
          "fsync",
          "full_page_writes",
          "synchronous_commit",
          DataLoss.SYNCHRONOUS_COMMIT_OF_CLIENTS);

  private final Map<String, Long> sequences = new HashMap<>();
  private List<Event> events = new ArrayList<>();

  public static Interval at(double fromMs, double toMs) {
    return new Interval((long) (fromMs * MS), (long) (toMs * MS));
  }

  /** The WAL grows by 100 bytes a millisecond, on every branch. */
  public static long lsn(double ms) {
    return 0x1000000L + (long) (ms * 100);
  }

  public Forge add(Event event) {
    events.add(event);
    return this;
  }

  /** Removes what matches. */
  public Forge without(Predicate<Event> doomed) {
    events.removeIf(doomed);
    return this;
  }

  public <E extends Event> Forge without(Class<E> kind) {
    return without(kind::isInstance);
  }

  /** Numbers every writer's writes anew from 1, after some were removed; before any read-back. */
  public Forge renumbered() {
    sequences.clear();
    return each(
        Event.Write.class,
        w ->
            new Event.Write(
                w.at(),
                w.scheduledNs(),
                w.writer(),
                w.site(),
                w.pinnedTo(),
                sequences.merge(w.writer(), 1L, Long::sum),
                w.outcome(),
                w.member(),
                w.timeline(),
                w.lsn(),
                w.xid(),
                w.sqlState(),
                w.warning()));
  }

  /** Rewrites every event of a kind. */
  public <E extends Event> Forge each(Class<E> kind, UnaryOperator<E> change) {
    events.replaceAll(e -> kind.isInstance(e) ? change.apply(kind.cast(e)) : e);
    return this;
  }

  public Forge opened(double ms) {
    return add(
        new Event.Opened(
            at(ms, ms),
            LedgerFormat.VERSION,
            "run",
            "Scenario",
            "three-nodes",
            "orders",
            "node-loss",
            "2026-11-21T00:00:00Z",
            Map.of()));
  }

  /** As if it had been written in that format. */
  public Forge format(int version) {
    return each(
        Event.Opened.class,
        o ->
            new Event.Opened(
                o.at(),
                version,
                o.runId(),
                o.scenario(),
                o.environment(),
                o.context(),
                o.disruption(),
                o.wallClockAnchor(),
                o.versions()));
  }

  public Forge closed(double ms, String end) {
    return add(new Event.Closed(at(ms, ms), end, end.equals("complete") ? null : "told to"));
  }

  public Forge phase(double ms, String name) {
    return add(new Event.Phase(at(ms, ms), name));
  }

  public Forge topology(double ms, String cluster, String site, String leader, String... members) {
    List<Event.Member> all = new ArrayList<>();
    for (String member : members) {
      all.add(new Event.Member(member, cluster, site, "198.18.1.10"));
    }
    return add(new Event.Topology(at(ms, ms), all, leader, "etcd1", true, "memory"));
  }

  public Forge write(
      double sentMs,
      double returnedMs,
      String writer,
      @Nullable String pinnedTo,
      WriteOutcome outcome,
      @Nullable String member,
      int timeline) {
    return write(sentMs, returnedMs, writer, pinnedTo, outcome, member, timeline, lsn(sentMs));
  }

  public Forge write(
      double sentMs,
      double returnedMs,
      String writer,
      @Nullable String pinnedTo,
      WriteOutcome outcome,
      @Nullable String member,
      int timeline,
      long lsn) {
    long sequence = sequences.merge(writer, 1L, Long::sum);
    return add(
        new Event.Write(
            at(sentMs, returnedMs),
            (long) (sentMs * MS),
            writer,
            "a",
            pinnedTo,
            sequence,
            outcome,
            member,
            timeline,
            lsn,
            sequence,
            outcome == WriteOutcome.ACKNOWLEDGED ? null : "08006",
            null));
  }

  /** Routed acknowledgements, one every 20 ms, the last one sent before {@code toMs}. */
  public Forge routed(double fromMs, double toMs, String member, int timeline) {
    for (double ms = fromMs; ms < toMs; ms += 20) {
      write(ms, ms + TOOK_MS, "routed@a", null, WriteOutcome.ACKNOWLEDGED, member, timeline);
    }
    return this;
  }

  /** Routed writes that fail, one every 20 ms. */
  public Forge failing(double fromMs, double toMs, WriteOutcome outcome) {
    for (double ms = fromMs; ms < toMs; ms += 20) {
      write(ms, ms + TOOK_MS, "routed@a", null, outcome, null, 0, 0);
    }
    return this;
  }

  /** Pinned acknowledgements, one every 20 ms. */
  public Forge pinned(double fromMs, double toMs, String member, int timeline) {
    for (double ms = fromMs; ms < toMs; ms += 20) {
      write(
          ms,
          ms + TOOK_MS,
          "pinned-" + member,
          member,
          WriteOutcome.ACKNOWLEDGED,
          member,
          timeline);
    }
    return this;
  }

  /** Probes of one member, one every 100 ms. */
  public Forge probes(
      double fromMs, double toMs, String member, Event.ProbeResult result, int timeline) {
    for (double ms = fromMs; ms < toMs; ms += 100) {
      add(
          new Event.Probed(
              at(ms, ms + TOOK_MS),
              member,
              result,
              result == Event.ProbeResult.READ_ONLY,
              timeline,
              lsn(ms),
              0,
              // No server listens; a host without power would not even say so.
              result == Event.ProbeResult.UNREACHABLE ? "08001: connection refused" : null));
    }
    return this;
  }

  /** What makes a commit durable is on, on these members. */
  public Forge durable(double ms, String... members) {
    for (String member : members) {
      for (String setting : DURABLE) {
        add(new Event.SettingSeen(at(ms, ms + 1), member, setting, "on", "on"));
      }
    }
    return this;
  }

  public Forge key(double ms, @Nullable String holder, long revision) {
    return add(new Event.LeaderKey(at(ms, ms + 1), "alpha", holder, revision));
  }

  public Forge injected(double fromMs, double toMs, String fault, String type, String plane) {
    return add(
        new Event.Injected(at(fromMs, toMs), fault, type, plane, List.of("pg1"), "what it does"));
  }

  /** Every fault was aimed at that part, and these hosts were taken for it and hit. */
  public Forge aimed(String part, String... hosts) {
    return hitting(List.of(hosts), Map.of(part, List.of(hosts)));
  }

  /** Every fault was aimed at these parts, and hit these hosts. */
  public Forge hitting(List<String> hosts, Map<String, List<String>> aim) {
    return each(
        Event.Injected.class,
        i ->
            new Event.Injected(
                i.at(),
                i.fault(),
                i.type(),
                i.plane(),
                hosts,
                i.description(),
                i.momentary(),
                aim,
                List.of()));
  }

  /** The same fault, in other words and of another type, on these hosts; its parts are not told. */
  public Forge described(String type, String words, String... hosts) {
    return each(
        Event.Injected.class,
        i ->
            new Event.Injected(
                i.at(), i.fault(), type, i.plane(), List.of(hosts), words, i.momentary()));
  }

  public Forge healed(double fromMs, double toMs, String fault) {
    return add(new Event.Healed(at(fromMs, toMs), fault));
  }

  public Forge witnessed(double ms, String fault, boolean expected, boolean holds) {
    return add(new Event.Witnessed(at(ms, ms + 1), fault, expected, holds, "arp", "looked"));
  }

  /** Patroni's answer to an order, and whom the order names. */
  public Forge answered(
      double fromMs,
      double toMs,
      String fault,
      @Nullable String candidate,
      int status,
      String text) {
    return add(new OrderAnswered(at(fromMs, toMs), fault, candidate, status, text));
  }

  /** The supervisors' records of these hosts, in which nothing ended. */
  public Forge services(double ms, String... hosts) {
    for (String host : hosts) {
      add(new ServicesSeen(at(ms, ms + 3), host, List.of(), null));
    }
    return this;
  }

  public Forge history(double ms, String member, int timeline, Event.Fork... forks) {
    return add(
        new Event.HistorySeen(at(ms, ms + 1), "member", member, SYSTEM, timeline, List.of(forks)));
  }

  public Forge standbys(double ms, String leader, String... streaming) {
    List<Event.Standby> rows = new ArrayList<>();
    for (String member : streaming) {
      rows.add(
          new Event.Standby(
              member, "streaming", rows.isEmpty() ? "sync" : "async", lsn(ms), lsn(ms)));
    }
    return add(new Event.Standbys(at(ms, ms + 1), leader, lsn(ms), rows));
  }

  /** The only repository is declared. */
  public Forge repository() {
    return add(
        new Event.Note(
            at(0, 0), "info", LedgerDeclarations.repositories(List.of("store.test/backups"))));
  }

  /** Of the forged cluster: a segment every 10 s. */
  public static final long SEGMENT_BYTES = 1L << 20;

  private static final String ARCHIVE = "archive/alpha/17-1/";

  /** Key of an archived segment of the forged cluster. */
  public static String archived(int timeline, long number) {
    String name = new WalSegment(timeline, number).name(SEGMENT_BYTES);
    return ARCHIVE + name.substring(0, 16) + "/" + name + "-" + "0".repeat(40) + ".zst";
  }

  /**
   * The serving leader ended its segment and it was archived; one full backup lies before the first
   * write.
   */
  public Forge archiveEnded(double ms, String member, int timeline) {
    long number = Long.divideUnsigned(lsn(ms), SEGMENT_BYTES);
    String name = new WalSegment(timeline, number).name(SEGMENT_BYTES);
    add(
        new WalSwitched(
            at(ms, ms + 50), "alpha", member, timeline, name, SEGMENT_BYTES, true, null));
    String start = new WalSegment(1, 15).name(SEGMENT_BYTES);
    return add(
        new BackupsSeen(
            at(ms + 50, ms + 60),
            "store.test/backups",
            "alpha",
            ARCHIVE,
            List.of(new BackupsSeen.Backup("20261121-000000F", "full", start, start)),
            null));
  }

  /** A repository of a backup and its information holds this, and these segments. */
  public Forge repository(double ms, String... segments) {
    Map<String, String> objects = new LinkedHashMap<>();
    objects.put("backup/alpha/backup.info", "900 at " + ms);
    objects.put("backup/alpha/20261121-000000F/bundle/1", "4096 a");
    for (long number = 15; number <= 40; number++) {
      objects.put(archived(1, number), "300 b");
      objects.put(archived(2, number), "300 b");
      objects.put(archived(3, number), "300 b");
    }
    for (String segment : segments) {
      objects.put("archive/alpha/17-1/0000000100000000/" + segment, "300 b");
    }
    return add(new RepositoryListed(at(ms, ms + 5), "store.test/backups", objects));
  }

  /** What the listings from that moment on tell is changed. */
  public Forge listings(double fromMs, Consumer<Map<String, String>> change) {
    return each(
        RepositoryListed.class,
        l -> {
          Map<String, String> objects = new LinkedHashMap<>(l.objects());
          if (l.at().startNs() >= fromMs * MS) {
            change.accept(objects);
          }
          return new RepositoryListed(l.at(), l.repository(), objects);
        });
  }

  public Forge action(double fromMs, double toMs, String actor, String verb, String subject) {
    return add(new Event.Action(at(fromMs, toMs), actor, verb, subject, "by hand"));
  }

  public Forge wallClock(double fromMs, double toMs) {
    for (double ms = fromMs; ms <= toMs; ms += 100) {
      add(new Event.WallClock(at(ms, ms), 1_800_000_000_000_000_000L + (long) (ms * MS)));
    }
    return this;
  }

  /** Reads back every acknowledged write that the predicate calls present. */
  public Forge survivors(
      double fromMs, double toMs, String member, int timeline, Predicate<Event.Write> present) {
    Map<String, List<Event.Span>> spans = new LinkedHashMap<>();
    events.stream()
        .filter(Event.Write.class::isInstance)
        .map(Event.Write.class::cast)
        .filter(present)
        .sorted(Comparator.comparing(Event.Write::writer).thenComparingLong(Event.Write::sequence))
        .forEach(w -> extend(spans.computeIfAbsent(w.writer(), k -> new ArrayList<>()), w));
    List<Event.Rows> rows = new ArrayList<>();
    spans.forEach((writer, s) -> rows.add(new Event.Rows(writer, s, List.of())));
    return add(
        new Event.RowsRead(at(fromMs, toMs), "survivors", member, timeline, lsn(fromMs), rows));
  }

  private static void extend(List<Event.Span> spans, Event.Write write) {
    int last = spans.size() - 1;
    if (last >= 0 && spans.get(last).to() == write.sequence() - 1) {
      spans.set(last, new Event.Span(spans.get(last).from(), write.sequence()));
    } else {
      spans.add(new Event.Span(write.sequence(), write.sequence()));
    }
  }

  public List<Event> events() {
    return List.copyOf(events);
  }

  public LedgerViews history() {
    return new LedgerViews(events);
  }
}
