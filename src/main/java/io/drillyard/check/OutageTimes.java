package io.drillyard.check;

import io.drillyard.check.Finding.Measured;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long outages lasted, each from what it is timed from.
 *
 * <p>The first is timed from the origin of the RTO. One that began after the heal was caused by the
 * heal, and is timed from it. One that begins within the settling time after the one before (or the
 * heal) had ended is the same outage: it is timed from where that one was. Any later one is judged
 * by its own length.
 */
final class OutageTimes {
  private final ServiceAvailability recovery;
  private final HarnessStalls stalls;
  private final HarnessStalls written;
  private final Interval origin;
  private final @Nullable Interval heal;
  private final long settlingNs;
  private final Duration limit;
  private final long peopleNs;

  private @Nullable Interval from;
  private long endedNs = Long.MIN_VALUE;
  private @Nullable Measured worst;
  private double lowest;
  private long worstWaitedNs;
  private @Nullable Measured afterHeal;
  private boolean onlyAfterHeal;

  /**
   * Of one client.
   *
   * @param origin of the RTO
   * @param heal where service must return before it; null: what began after it is no other outage
   */
  OutageTimes(
      LedgerViews history,
      ServiceAvailability recovery,
      Target target,
      Interval origin,
      @Nullable Interval heal) {
    this.recovery = recovery;
    this.stalls = recovery.stalls();
    this.written = history.stalls();
    this.origin = origin;
    this.heal = heal;
    this.settlingNs = target.serviceLevel().settling().toNanos();
    this.limit = target.objective().rto();
    Event.Injected disruption = history.faults().disruption();
    // What is timed from a heal waited for nobody.
    boolean injection = disruption != null && origin.equals(disruption.at());
    this.peopleNs = injection ? PromotionApproval.declaredNs(history, target) : 0;
  }

  /** Times these, which are in the order of their times. */
  OutageTimes of(List<ServiceAvailability.Outage> outages) {
    for (ServiceAvailability.Outage outage : outages) {
      boolean byHeal = byHeal(outage.startNs());
      from = from(outage.startNs(), outage.before().at(), byHeal);
      endedNs = Math.max(endedNs, outage.endNs());
      if (outage.endNs() > from.startNs()) {
        onlyAfterHeal |= heal != null && !byHeal && outage.endNs() > heal.startNs();
        Measured one = measure(outage, from);
        if (worst == null || one.upper() > worst.upper()) {
          worst = one;
          worstWaitedNs = waitedNs(from);
        }
        lowest = Math.max(lowest, one.lower());
        afterHeal = byHeal && from.equals(heal) ? worse(afterHeal, one) : afterHeal;
      }
    }
    return this;
  }

  private boolean byHeal(long startNs) {
    return heal != null && startNs >= heal.startNs();
  }

  /**
   * What an outage is timed from.
   *
   * @param before its last acknowledgement before it, from sent to returned
   */
  private Interval from(long startNs, Interval before, boolean byHeal) {
    if (heal != null && byHeal) {
      endedNs = Math.max(endedNs, heal.endNs());
    }
    if (endedNs != Long.MIN_VALUE && startNs - endedNs > settlingNs) {
      return before;
    }
    if (heal != null && byHeal && (from == null || from.startNs() < heal.startNs())) {
      return heal;
    }
    return from == null ? origin : from;
  }

  /** What an outage that is open when the load ends is timed from, after those that were timed. */
  Interval open(Interval before) {
    return from(before.endNs(), before, byHeal(before.endNs()));
  }

  private static Measured worse(@Nullable Measured one, Measured other) {
    return one == null || other.upper() > one.upper() ? other : one;
  }

  private Measured measure(ServiceAvailability.Outage outage, Interval from) {
    Interval ack = outage.after().at();
    Event.Write failure = recovery.lastFailureBefore(ack.endNs());
    long backNs = ack.startNs();
    if (failure != null) {
      backNs = Math.max(backNs, failure.at().endNs());
    }
    // A stalled harness may have sent late what would have been served, or begun to count late.
    long late = stalls.late(from, ack);
    long early = written.touching(from);
    long people = waitedNs(from);
    return FindingBuilder.ms(
        backNs - from.endNs() - late + people,
        ack.endNs() - from.startNs() + early + people,
        limit);
  }

  /**
   * How long people would have taken, as declared, in what is timed from there: only the outage
   * that the disruption begins waits for them.
   */
  long waitedNs(Interval timedFrom) {
    return timedFrom.equals(origin) ? peopleNs : 0;
  }

  /** How much of the longest one people would have taken, as declared, nanoseconds. */
  long worstWaitedNs() {
    return worstWaitedNs;
  }

  /** The longest; null without any. */
  @Nullable Measured worst() {
    return worst;
  }

  /** Milliseconds that one of them lasted at least; 0 without any. */
  double lower() {
    return lowest;
  }

  /** The longest of those that the heal caused. */
  @Nullable Measured afterHeal() {
    return afterHeal;
  }

  /** Service came back only after the heal, although it must before. */
  boolean onlyAfterHeal() {
    return onlyAfterHeal;
  }
}
