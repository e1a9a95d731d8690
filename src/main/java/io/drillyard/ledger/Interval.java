package io.drillyard.ledger;

/**
 * A closed interval on the harness's one monotonic clock, in nanoseconds since the run's origin.
 *
 * <p>Everything the harness did or saw lies somewhere inside such an interval; a point in time is
 * never claimed. The start is read before the action, the end after it returned.
 *
 * @param startNs nanoseconds from the origin, read before the action
 * @param endNs nanoseconds from the origin, read after it; never before {@code startNs}
 */
public record Interval(long startNs, long endNs) {
  /** Refuses an interval that ends before it starts. */
  public Interval {
    if (endNs < startNs) {
      throw new IllegalArgumentException(
          "interval ends before it starts: " + startNs + " .. " + endNs);
    }
  }

  /** The interval of an observation that took no time worth stating. */
  public static Interval instant(long ns) {
    return new Interval(ns, ns);
  }

  /** Its length in nanoseconds. */
  public long lengthNs() {
    return endNs - startNs;
  }

  /** True when this interval is over before the other one starts (strictly). */
  public boolean endsBefore(Interval other) {
    return endNs < other.startNs;
  }
}
