package io.drillyard.check;

import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.LedgerSlice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * When routed clients were served after the disruption, and when not.
 *
 * <p>Service is a rate, not an acknowledgement. It is made of routed acknowledgements that survive
 * at the end; what a doomed primary went on acknowledging is none. A client is served in every span
 * of {@link #SPAN} in which so many of them return as the declared share of its own rate before the
 * fault. An outage begins with the last acknowledgement of such a span and lasts longer than the
 * threshold; it ends with the first acknowledgement that begins such a span again.
 *
 * <p>The same acknowledgements are looked at twice: by the clock, and with the times taken off at
 * which the harness itself stood still. What is an outage by the second is one for certain; what is
 * one only by the first may have been the harness's own stall.
 */
final class ServiceAvailability {
  /** Length of the spans by which service is told, at least. */
  static final Duration SPAN = Duration.ofSeconds(3);

  /** Of a client that writes rarely a span is as long as so many writes take. */
  private static final int WRITES_OF_A_SPAN = 10;

  /** A longer gap is an outage, whatever threshold is declared. */
  static final Duration THRESHOLD_MOST = Duration.ofSeconds(2);

  /** Between the last acknowledgement before it and the first one after it. */
  record Outage(Event.Write before, Event.Write after) {
    long startNs() {
      return before.at().endNs();
    }

    long endNs() {
      return after.at().endNs();
    }
  }

  /** One way to look at the acknowledgements. */
  private record View(List<Outage> outages, boolean stillOut, Event.@Nullable Write lastServed) {}

  private final @Nullable String problem;
  private final View byClock;
  private final View certain;
  private final LedgerSlice<Event.Write> failures;

  /** The harness's own, and when it sent nothing for this client, and waited for nothing. */
  private final HarnessStalls stalls;

  private final HarnessStalls written;
  private final long spanNs;
  private final long needed;
  private final double share;
  private final long thresholdNs;
  private Event.@Nullable Write last;
  private Event.@Nullable Write firstAtNewMember;
  private long longestGapNs;
  private long lastSeenNs = Long.MIN_VALUE;
  private Event.@Nullable Write lastBefore;
  private long attempted;
  private long served;

  /**
   * Of one routed writer, or of all together.
   *
   * @param writer null: all, as if they were one client
   */
  ServiceAvailability(
      LedgerViews history, Target target, Event.Injected disruption, @Nullable String writer) {
    SurvivingRows survivors = history.survivors(target);
    problem = survivors.problem();
    thresholdNs = thresholdNs(target);
    failures = history.slice();
    LedgerSlice<Event.Write> surviving = history.slice();
    long injectedNs = disruption.at().startNs();
    long endNs = loadEnd(history);
    LedgerSlice<Event.Write> writes = writer == null ? history.routed() : history.routedBy(writer);
    written = history.stalls();
    stalls = written.and(written.idle(writes));
    long own = 0;
    for (int i = 0; i < writes.size(); i++) {
      Event.Write write = writes.get(i);
      if (write.acknowledged() && write.at().endNs() <= injectedNs) {
        own += dueWithin(write, injectedNs - target.steady().toNanos(), injectedNs) ? 1 : 0;
        if (lastBefore == null || write.at().endNs() > lastBefore.at().endNs()) {
          lastBefore = write;
        }
      }
      if (!survivors.covers(write) || write.at().endNs() > endNs) {
        continue;
      }
      lastSeenNs = Math.max(lastSeenNs, write.at().endNs());
      if (!write.acknowledged() && write.at().startNs() >= injectedNs) {
        failures.take(writes.place(i));
      } else if (write.acknowledged() && survivors.holds(write)) {
        surviving.take(writes.place(i));
      }
    }
    surviving.sortByEnd();
    failures.sortByEnd();
    share = target.serviceLevel().share();
    double perSecond = rate(target, own, injectedNs);
    spanNs =
        perSecond > 0
            ? Math.max(SPAN.toNanos(), (long) Math.ceil(WRITES_OF_A_SPAN * 1e9 / perSecond))
            : SPAN.toNanos();
    needed = (long) Math.floor(share * perSecond * spanNs / 1e9);
    byClock = view(surviving, injectedNs, ns -> ns, null);
    certain = view(surviving, injectedNs, ns -> ns - stalls.before(ns), tried(writes, endNs));
    remember(surviving, injectedNs, LeadershipHistory.leaderBefore(history, disruption));
    count(writes, survivors, injectedNs);
  }

  /** A threshold above the RTO, or a long one, would let an outage pass. */
  static long thresholdNs(Target target) {
    return Math.min(
        Math.min(target.outageThreshold().toNanos(), target.objective().rto().toNanos()),
        THRESHOLD_MOST.toNanos());
  }

  /** When the load was told to stop: what is told of service lies before it. */
  static long loadEnd(LedgerViews history) {
    Long collect = history.entered("collect");
    return collect == null ? Long.MAX_VALUE : collect;
  }

  /** True of a write that was due in a stretch, and not while the harness stood still. */
  private boolean dueWithin(Event.Write write, long fromNs, long toNs) {
    long due = write.scheduledNs();
    return due > fromNs && due <= toNs && written.within(due - 1, due + 1) == 0;
  }

  /** Its own acknowledged writes per second, of the time in which the harness ran. */
  private double rate(Target target, long own, long injectedNs) {
    long fromNs = injectedNs - target.steady().toNanos();
    long ranNs = injectedNs - fromNs - written.within(fromNs, injectedNs);
    return ranNs > 0 ? own * 1e9 / ranNs : 0;
  }

  /** All that was tried, by its return. */
  private static LedgerSlice<Event.Write> tried(LedgerSlice<Event.Write> writes, long endNs) {
    LedgerSlice<Event.Write> tried = writes.copy(w -> w.at().endNs() <= endNs);
    tried.sortByEnd();
    return tried;
  }

  /** By a clock that may leave out when nobody looked. */
  private View view(
      LedgerSlice<Event.Write> acks,
      long injectedNs,
      LongUnaryOperator clock,
      @Nullable LedgerSlice<Event.Write> tried) {
    long[] at = times(acks, clock);
    long[] all = tried == null ? null : times(tried, clock);
    boolean[] begins = begins(at, all, clock.applyAsLong(lastSeenNs));
    boolean[] inside = inside(at, begins);
    List<Outage> outages = new ArrayList<>();
    // Where nothing from before the injection survived, the last that was served then is asked.
    Event.Write before = lastBefore;
    int i = 0;
    while (i < at.length && acks.get(i).at().endNs() <= injectedNs) {
      before = acks.get(i);
      i++;
    }
    while (before != null && i < at.length) {
      if (at[i] - clock.applyAsLong(before.at().endNs()) > thresholdNs) {
        while (i < at.length && !begins[i]) {
          i++;
        }
        if (i == at.length) {
          break;
        }
        outages.add(new Outage(before, acks.get(i)));
        before = acks.get(i);
      } else if (inside[i]) {
        before = acks.get(i);
      }
      i++;
    }
    long endNs = clock.applyAsLong(lastSeenNs);
    boolean out = before != null && endNs - clock.applyAsLong(before.at().endNs()) > thresholdNs;
    return new View(List.copyOf(outages), out, before);
  }

  private static long[] times(LedgerSlice<Event.Write> writes, LongUnaryOperator clock) {
    long[] at = new long[writes.size()];
    for (int i = 0; i < at.length; i++) {
      at[i] = clock.applyAsLong(writes.get(i).at().endNs());
    }
    return at;
  }

  /**
   * Which acknowledgements begin a span of service.
   *
   * @param tried when all that was tried returned: where the harness tried less in a whole span, no
   *     more is asked for; null: it is asked for all the same
   * @param endNs when the last of it returned
   */
  private boolean[] begins(long[] at, long @Nullable [] tried, long endNs) {
    boolean[] begins = new boolean[at.length];
    int to = 0;
    int first = 0;
    int last = 0;
    for (int from = 0; from < at.length; from++) {
      while (to < at.length && at[to] - at[from] < spanNs) {
        to++;
      }
      long asked = needed;
      if (tried != null && at[from] + spanNs <= endNs) {
        while (first < tried.length && tried[first] < at[from]) {
          first++;
        }
        while (last < tried.length && tried[last] - at[from] < spanNs) {
          last++;
        }
        asked = Math.min(needed, (long) Math.floor(share * (last - first)));
      }
      begins[from] = to - from >= asked;
    }
    return begins;
  }

  /** Which of them lie in one. */
  private boolean[] inside(long[] at, boolean[] begins) {
    boolean[] inside = new boolean[at.length];
    long untilNs = Long.MIN_VALUE;
    for (int i = 0; i < at.length; i++) {
      untilNs = begins[i] ? at[i] + spanNs : untilNs;
      inside[i] = at[i] < untilNs;
    }
    return inside;
  }

  private void remember(
      LedgerSlice<Event.Write> surviving, long injectedNs, @Nullable String oldLeader) {
    Event.Write before = lastBefore;
    for (Event.Write write : surviving) {
      if (before != null && write.at().endNs() > injectedNs) {
        longestGapNs = Math.max(longestGapNs, write.at().endNs() - before.at().endNs());
        if (firstAtNewMember == null
            && write.at().startNs() >= injectedNs
            && oldLeader != null
            && write.member() != null
            && !oldLeader.equals(write.member())) {
          firstAtNewMember = write;
        }
      }
      before = write;
      last = write;
    }
  }

  /** Of the writes between the injection and the end of the last outage, how many were served. */
  private void count(LedgerSlice<Event.Write> writes, SurvivingRows survivors, long injectedNs) {
    long untilNs =
        byClock.stillOut || byClock.outages.isEmpty()
            ? lastSeenNs
            : byClock.outages.getLast().endNs();
    for (Event.Write write : writes) {
      if (write.at().startNs() >= injectedNs && write.at().endNs() <= untilNs && !late(write)) {
        attempted++;
        served += write.acknowledged() && survivors.holds(write) ? 1 : 0;
      }
    }
  }

  /** True of a write that the harness itself was late with. */
  private boolean late(Event.Write write) {
    return stalls.longWithin(write.scheduledNs(), write.at().endNs()) > 0;
  }

  /** When this client was not tried: by a stall that was written down, or for no reason told. */
  HarnessStalls stalls() {
    return stalls;
  }

  /** Why nothing can be said; null when something can. */
  @Nullable String problem() {
    return problem;
  }

  /** By the clock: outages that ended after the injection began, in order. */
  List<Outage> outages() {
    return byClock.outages;
  }

  /** With the harness's own stalls taken off: those that were outages for certain. */
  List<Outage> certainOutages() {
    return certain.outages;
  }

  /** The last acknowledgement of a span of service, for certain; an open outage begins with it. */
  Event.@Nullable Write lastServed() {
    return certain.lastServed;
  }

  /** The last surviving acknowledgement of all. */
  Event.@Nullable Write last() {
    return last;
  }

  /** The first surviving routed write that another member than the old leader served. */
  Event.@Nullable Write firstAtNewMember() {
    return firstAtNewMember;
  }

  /** The longest time between two surviving acknowledgements, outage or not. */
  long longestGapNs() {
    return longestGapNs;
  }

  /** When the last routed write returned before the load was told to stop, whatever came of it. */
  long lastSeenNs() {
    return lastSeenNs;
  }

  /**
   * Share (0 to 1) of the writes between the injection and recovery that were acknowledged and
   * survived; null when none was attempted. Those that the harness was late with are left out.
   */
  @Nullable Double servedShare() {
    return attempted == 0 ? null : (double) served / attempted;
  }

  /** True when something was acknowledged, surviving or not, right before the injection. */
  boolean servedAt(Event.Injected disruption) {
    return lastBefore != null
        && disruption.at().startNs()
                - lastBefore.at().endNs()
                - written.within(lastBefore.at().endNs(), disruption.at().startNs())
            <= thresholdNs;
  }

  /** True when, by the clock, routed writes went on for longer than the threshold, unserved. */
  boolean stillOut() {
    return byClock.stillOut;
  }

  /** The same for certain. */
  boolean certainlyStillOut() {
    return certain.stillOut;
  }

  /**
   * The last moment at which it is certain that service had not come back, where it did not until
   * the end: a span that the end of the load cut off may have been one of service.
   */
  long unservedUntilNs() {
    boolean some = last != null && lastSeenNs - last.at().endNs() < spanNs;
    return some ? lastSeenNs - spanNs : lastSeenNs;
  }

  /**
   * The last routed write that was sent after the injection and failed before that moment, and
   * whose failure was not the harness's own.
   */
  Event.@Nullable Write lastFailureBefore(long returnedNs) {
    Event.Write found = null;
    for (Event.Write failure : failures) {
      if (failure.at().endNs() >= returnedNs) {
        break;
      }
      found = late(failure) ? found : failure;
    }
    return found;
  }

  /** The routed write that failed first after the injection. */
  Event.@Nullable Write firstFailure() {
    return failures.isEmpty() ? null : failures.get(0);
  }
}
