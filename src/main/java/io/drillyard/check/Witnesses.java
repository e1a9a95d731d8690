package io.drillyard.check;

import io.drillyard.ledger.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What independent witnesses said of one fault within one stretch of time. */
final class Witnesses {
  private Witnesses() {}

  /**
   * Why the witnesses do not prove the wanted state; null when they do.
   *
   * <p>Needed: one witness that saw it, nobody who saw the contrary afterwards, and no witness who
   * only ever saw the contrary. A contrary look before the first proof is a fault still taking hold
   * (or still going away).
   *
   * @param wanted true: in force; false: gone
   */
  static @Nullable String doubt(
      History history, String fault, boolean wanted, long fromNs, long untilNs) {
    List<Event.Witnessed> looks = new ArrayList<>();
    for (Event.Witnessed seen : history.of(Event.Witnessed.class)) {
      if (seen.fault().equals(fault)
          && seen.expected() == wanted
          && seen.at().startNs() >= fromNs
          && seen.at().endNs() <= untilNs) {
        looks.add(seen);
      }
    }
    long provedNs = Long.MAX_VALUE;
    Set<String> agreeing = new HashSet<>();
    for (Event.Witnessed seen : looks) {
      if (seen.holds() == wanted) {
        provedNs = Math.min(provedNs, seen.at().startNs());
        agreeing.add(seen.witness());
      }
    }
    String state = wanted ? "in force" : "gone";
    if (agreeing.isEmpty()) {
      return "no witness saw fault '" + fault + "' " + state;
    }
    for (Event.Witnessed seen : looks) {
      if (seen.holds() != wanted
          && (seen.at().endNs() >= provedNs || !agreeing.contains(seen.witness()))) {
        return "witness %s contradicts that fault '%s' was %s: %s"
            .formatted(seen.witness(), fault, state, seen.detail());
      }
    }
    return null;
  }
}
