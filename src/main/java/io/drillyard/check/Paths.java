package io.drillyard.check;

import io.drillyard.ledger.Event;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the reachability matrices around a fault of the network say of it. */
final class Paths {
  /** Faults that make some path silent, one direction or both; others spoil or narrow it. */
  private static final Set<String> SILENCING =
      Set.of("cut", "one-way-cut", "partition", "site-cut");

  private Paths() {}

  /**
   * Why the matrices do not show that anything was cut off; null when they do, or were not made.
   */
  static @Nullable String uncut(History history, Event.Injected fault) {
    Event.Reachability before = of(history, fault, "before");
    if (before == null || !SILENCING.contains(fault.type())) {
      return null;
    }
    Event.Reachability during = of(history, fault, "during");
    if (during == null) {
      return "who reached whom during fault '" + fault.fault() + "' was not measured";
    }
    Map<String, Event.Reached> then = byPath(during);
    boolean silenced =
        before.paths().stream()
            .filter(Event.Reached::passes)
            .anyMatch(
                p -> {
                  Event.Reached now = then.get(path(p));
                  return now != null && now.result().equals("SILENT");
                });
    return silenced ? null : "no path fell silent with fault '" + fault.fault() + "'";
  }

  /**
   * Why the matrices do not show that every path came back; null when they do, or were not made.
   */
  static @Nullable String unhealed(History history, Event.Injected fault) {
    Event.Reachability before = of(history, fault, "before");
    if (before == null || fault.holdsNothing()) {
      return null;
    }
    Event.Reachability after = of(history, fault, "after");
    if (after == null) {
      return "who reached whom after fault '" + fault.fault() + "' was not measured";
    }
    Map<String, Event.Reached> now = byPath(after);
    for (Event.Reached path : before.paths()) {
      Event.Reached then = now.get(path(path));
      if (path.passes() && (then == null || !then.passes())) {
        return "after fault '%s' was healed %s did not reach %s on %s"
            .formatted(fault.fault(), path.from(), path.to(), path.plane());
      }
    }
    return null;
  }

  private static String path(Event.Reached path) {
    return path.from() + " " + path.to() + " " + path.plane();
  }

  private static Map<String, Event.Reached> byPath(Event.Reachability matrix) {
    Map<String, Event.Reached> paths = new HashMap<>();
    matrix.paths().forEach(p -> paths.put(path(p), p));
    return paths;
  }

  private static Event.@Nullable Reachability of(
      History history, Event.Injected fault, String moment) {
    Event.Reachability found = null;
    for (Event.Reachability matrix : history.of(Event.Reachability.class)) {
      if (matrix.fault().equals(fault.fault()) && matrix.moment().equals(moment)) {
        found = matrix;
      }
    }
    return found;
  }
}
