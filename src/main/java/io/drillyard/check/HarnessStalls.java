package io.drillyard.check;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.LedgerSlice;
import java.util.ArrayList;
import java.util.List;

/**
 * When the harness itself stood still, as its stall meter wrote it down. What it did not see then
 * nobody knows, and what came late then may have been there before: no figure that shows a miss may
 * rest on such a time.
 *
 * <p>A stall lies from {@code lateNs} before its end until its end. Stalls that overlap count once.
 */
final class HarnessStalls {
  /**
   * A shorter one is the harness's own pause (a collection). A longer one tells of a machine
   * without processors to give, which holds up the cluster as well.
   */
  static final long LONG_NS = 50_000_000L;

  /** So long nobody sends nothing and waits for nothing, but one who writes rarely. */
  private static final long IDLE_NS = 200_000_000L;

  /** Of a client that writes rarely, so many times its usual distance between two writes. */
  private static final int IDLE_PERIODS = 5;

  private final List<Interval> all;
  private final TimeSpans any;
  private final TimeSpans lengthy;

  HarnessStalls(LedgerViews history) {
    this(written(history));
  }

  private static List<Interval> written(LedgerViews history) {
    List<Interval> stood = new ArrayList<>();
    for (Event.Stalled stall : history.of(Event.Stalled.class)) {
      if (stall.lateNs() > 0) {
        long end = stall.at().endNs();
        stood.add(new Interval(end - stall.lateNs(), end));
      }
    }
    return stood;
  }

  private HarnessStalls(List<Interval> stood) {
    all = List.copyOf(stood);
    any = new TimeSpans(stood);
    lengthy = new TimeSpans(stood.stream().filter(s -> s.lengthNs() >= LONG_NS).toList());
  }

  /** These, and times at which the harness did nothing although no stall was written down. */
  HarnessStalls and(List<Interval> idle) {
    if (idle.isEmpty()) {
      return this;
    }
    List<Interval> both = new ArrayList<>(all);
    both.addAll(idle);
    return new HarnessStalls(both);
  }

  /**
   * Stretches in which no write was on its way and none was sent, much longer than is usual between
   * two. A client that is served badly tries, and fails: one that does not even try shows nothing
   * of the cluster.
   */
  List<Interval> idle(LedgerSlice<Event.Write> writes) {
    LedgerSlice<Event.Write> sent = writes.copy(w -> true);
    sent.sortByStart();
    int many = sent.size();
    if (many < 2) {
      return List.of();
    }
    long usualNs = (sent.get(many - 1).at().startNs() - sent.get(0).at().startNs()) / (many - 1);
    long mostNs = Math.max(IDLE_NS, IDLE_PERIODS * usualNs);
    List<Interval> idle = new ArrayList<>();
    long busyUntilNs = sent.get(0).at().endNs();
    for (Event.Write write : sent) {
      long fromNs = busyUntilNs;
      long toNs = write.at().startNs();
      if (toNs - fromNs - within(fromNs, toNs) > mostNs) {
        idle.add(new Interval(fromNs, toNs));
      }
      busyUntilNs = Math.max(busyUntilNs, write.at().endNs());
    }
    return idle;
  }

  /** Nanoseconds of a stretch in which it stood still. */
  long within(long fromNs, long toNs) {
    return any.within(fromNs, toNs);
  }

  /** The same, of the stalls that tell of a starved machine alone. */
  long longWithin(long fromNs, long toNs) {
    return lengthy.within(fromNs, toNs);
  }

  /** How long it had stood still before a moment, of all its time. */
  long before(long ns) {
    return any.before(ns);
  }

  /** The whole length of all stalls that touch a window, also of what lies outside it. */
  long touching(Interval window) {
    long sum = 0;
    for (Interval stall : all) {
      boolean touches = stall.startNs() <= window.endNs() && stall.endNs() >= window.startNs();
      sum += touches ? stall.lengthNs() : 0;
    }
    return sum;
  }

  /** True when it stood still for long at any moment of a window. */
  boolean longTouching(Interval window) {
    return lengthy.within(window.startNs() - 1, window.endNs() + 1) > 0;
  }

  /**
   * How much too late something may have been seen that was first seen within an interval and is
   * timed from an origin: the long stalls between, and all that touch the interval.
   */
  long late(Interval origin, Interval seen) {
    List<Interval> telling = new ArrayList<>();
    for (Interval stall : all) {
      boolean touches = stall.startNs() <= seen.endNs() && stall.endNs() >= seen.startNs();
      if (touches || stall.lengthNs() >= LONG_NS) {
        telling.add(stall);
      }
    }
    return new TimeSpans(telling).within(origin.startNs(), seen.endNs());
  }
}
