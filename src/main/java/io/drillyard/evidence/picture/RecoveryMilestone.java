package io.drillyard.evidence.picture;

import io.drillyard.check.Finding;
import io.drillyard.evidence.text.FigureWords;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One step of a recovery: something happened so long after the injection.
 *
 * @param name in plain words, e.g. {@code lease expired}
 * @param lowerMs earliest, after the injection
 * @param upperMs latest, after the injection
 */
public record RecoveryMilestone(String name, double lowerMs, double upperMs) {
  /** Parts of {@code recoveryTime} that are moments; its other parts (totals, gaps) are lengths. */
  private static final Set<String> MOMENTS =
      Set.of(
          "detected",
          "leaseexpired",
          "leaderkeygone",
          "approved",
          "restored",
          "promoted",
          "redirected",
          "routed",
          "firstcommit");

  /** True when a part of that name is a moment of the recovery. */
  public static boolean isMoment(String part) {
    return MOMENTS.contains(part.replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT));
  }

  /** The moments of a recovery, in the order in which they happened. */
  public static List<RecoveryMilestone> of(@Nullable Finding recovery) {
    List<RecoveryMilestone> found = new ArrayList<>();
    if (recovery != null) {
      recovery.parts().forEach((name, m) -> add(found, name, m));
    }
    found.sort(Comparator.comparingDouble(RecoveryMilestone::upperMs));
    return found;
  }

  /**
   * The moment that RTO counts from: the first injection, or the first heal where the declaration
   * expects no recovery before it.
   */
  public static Interval start(EventsByKind seen, boolean servesWhileHeld) {
    Event.Healed healed = seen.healed();
    return servesWhileHeld || healed == null
        ? new Interval(seen.zeroNs(), Math.max(seen.zeroNs(), seen.zeroEndNs()))
        : healed.at();
  }

  private static void add(List<RecoveryMilestone> found, String name, Finding.Measured m) {
    boolean finite = !Double.isInfinite(m.upper()) && !Double.isNaN(m.upper());
    if (isMoment(name) && m.unit().equals("ms") && finite) {
      found.add(new RecoveryMilestone(FigureWords.plain(name), m.lower(), m.upper()));
    }
  }
}
