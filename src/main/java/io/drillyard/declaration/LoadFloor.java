package io.drillyard.declaration;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The least load that says anything of a target, whatever is declared: an outage or a loss that
 * falls between two writes is seen by nobody, and a handful of writes proves no RPO.
 *
 * @param leastWrites acknowledged routed writes judged before the fault, all clients together
 * @param largestSpacing between two writes of one client: a twentieth of the RTO, a tenth of an RPO
 *     that is a time, and never more than a second
 */
public record LoadFloor(int leastWrites, Duration largestSpacing) {
  /** Acknowledged routed writes before the fault, at least. */
  public static final int LEAST_WRITES = 100;

  /** No client may write more rarely than this, however long the targets are. */
  public static final Duration LARGEST_SPACING = Duration.ofSeconds(1);

  private static final int OF_RTO = 20;
  private static final int OF_RPO = 10;

  /** What the targets of one disruption ask for. */
  public static LoadFloor of(Objective objective) {
    Duration largest = shorter(LARGEST_SPACING, objective.rto().dividedBy(OF_RTO));
    if (objective.rpo() instanceof Rpo.Time time) {
      largest = shorter(largest, time.most().dividedBy(OF_RPO));
    }
    return new LoadFloor(LEAST_WRITES, largest);
  }

  /**
   * Why a scheduled load cannot reach the floor, one sentence a reason; empty where it can.
   *
   * @param perSecond scheduled routed writes per second of one client
   * @param clients routed clients, one per site
   * @param steady how long before the fault is judged
   */
  public List<String> shortfalls(double perSecond, int clients, Duration steady) {
    List<String> reasons = new ArrayList<>();
    double seconds = steady.toMillis() / 1e3;
    double writes = perSecond * clients * seconds;
    // The first tick of a schedule falls on its beginning: a rate need not divide the length.
    if (!(Math.floor(writes + 1e-9) >= leastWrites)) {
      reasons.add(
          "%s routed writes/s of %d clients make %d writes in the %s before the fault, and %d are needed"
              .formatted(number(perSecond), clients, (long) writes, time(steady), leastWrites));
    }
    double spacingMs = 1e3 / perSecond;
    if (!(spacingMs <= largestSpacing.toNanos() / 1e6 + 1e-6)) {
      reasons.add(
          "a client that writes %s times a second leaves %s ms between its writes, and no more than %s ms may pass"
              .formatted(
                  number(perSecond), number(spacingMs), number(largestSpacing.toNanos() / 1e6)));
    }
    return List.copyOf(reasons);
  }

  /** The same from the judge's side: so many were acknowledged before the fault. */
  public boolean enough(long acknowledgedWrites) {
    return acknowledgedWrites >= leastWrites;
  }

  /** The rate of one client that reaches the floor, rounded up to a whole number. */
  public long leastPerSecond(int clients, Duration steady) {
    double bySpacing = 1e9 / largestSpacing.toNanos();
    double byWrites = leastWrites / (steady.toMillis() / 1e3) / Math.max(1, clients);
    return (long) Math.ceil(Math.max(bySpacing, byWrites));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static String time(Duration length) {
    return number(length.toMillis() / 1e3) + " s";
  }

  private static String number(double value) {
    if (Double.isInfinite(value) || Double.isNaN(value)) {
      return String.valueOf(value);
    }
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP);
    return rounded.stripTrailingZeros().toPlainString();
  }
}
