package io.drillyard.workload;

import java.time.Duration;

/**
 * Since when routed writes are acknowledged without an outage, all clients taken as one, and how
 * many a second. Never better than what the judge will find by the ends of the writes: one that is
 * recorded late can only make a gap look longer here, and a rate is of whole tenths of a second.
 */
final class ServiceContinuity {
  private static final long TENTH_NS = Duration.ofMillis(100).toNanos();
  private static final int TENTHS = 256;

  private final long thresholdNs;
  private final long[] tenthOf = new long[TENTHS];
  private final int[] served = new int[TENTHS];
  private long sinceNs = Long.MAX_VALUE;
  private long lastNs = Long.MIN_VALUE;

  /** An outage is a gap longer than this. */
  ServiceContinuity(Duration outageThreshold) {
    thresholdNs = outageThreshold.toNanos();
  }

  /** An acknowledgement returned at that moment of the ledger's clock. */
  synchronized void served(long endNs) {
    if (lastNs == Long.MIN_VALUE || endNs - lastNs > thresholdNs) {
      sinceNs = endNs;
    }
    lastNs = Math.max(lastNs, endNs);
    long tenth = Math.floorDiv(endNs, TENTH_NS);
    int place = Math.floorMod(tenth, TENTHS);
    if (tenthOf[place] < tenth) {
      tenthOf[place] = tenth;
      served[place] = 0;
    }
    if (tenthOf[place] == tenth) {
      served[place]++;
    }
  }

  /** From the end of the last outage to the last acknowledgement; zero while there is an outage. */
  synchronized Duration at(long nowNs) {
    if (lastNs == Long.MIN_VALUE || nowNs - lastNs > thresholdNs) {
      return Duration.ZERO;
    }
    return Duration.ofNanos(lastNs - sinceNs);
  }

  /**
   * Acknowledgements per second in the time before that moment.
   *
   * @param last at most 25 s; of which the whole tenths of a second are counted
   */
  synchronized double perSecond(long nowNs, Duration last) {
    if (last.compareTo(Duration.ofSeconds(25)) > 0) {
      throw new IllegalArgumentException("only 25 s are kept, not " + last);
    }
    long end = Math.floorDiv(nowNs, TENTH_NS);
    long count = 0;
    for (long tenth = end - last.toNanos() / TENTH_NS; tenth < end; tenth++) {
      int place = Math.floorMod(tenth, TENTHS);
      count += tenthOf[place] == tenth ? served[place] : 0;
    }
    return count * 1e9 / last.toNanos();
  }
}
