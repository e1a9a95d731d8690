package io.drillyard.check;

import io.drillyard.ledger.Event;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the reachability matrices around a fault of the network say of it. */
final class FaultReachability {
  /** Faults that make some path silent, one direction or both; others spoil or narrow it. */
  private static final Set<String> SILENCING =
      Set.of("cut", "one-way-cut", "partition", "site-cut");

  private FaultReachability() {}

  /**
   * Why the matrices do not show that all that was meant was cut off; null when they do, or were
   * not made. One silent path of several is a cut that did not take hold on the others.
   */
  static @Nullable String uncut(LedgerViews history, Event.Injected fault) {
    Event.Reachability before = of(history, fault, "before");
    if (before == null || !SILENCING.contains(fault.type())) {
      return null;
    }
    Event.Reachability during = of(history, fault, "during");
    if (during == null) {
      return "who reached whom during fault '" + fault.fault() + "' was not measured";
    }
    Set<Set<String>> passed = new LinkedHashSet<>();
    Set<Set<String>> silent = new HashSet<>();
    Map<String, Event.Reached> then = byPath(during);
    for (Event.Reached path : before.paths()) {
      if (path.passes() && !path.from().equals(path.to())) {
        Event.Reached now = then.get(path(path));
        Set<String> ends = Set.of(path.from(), path.to());
        passed.add(ends);
        if (now != null && now.result().equals("SILENT")) {
          silent.add(ends);
        }
      }
    }
    if (silent.isEmpty()) {
      return "no path fell silent with fault '" + fault.fault() + "'";
    }
    for (Set<String> ends : passed) {
      if (meant(fault, ends) && !silent.contains(ends)) {
        return "fault '%s' was to cut %s, and no path between them fell silent"
            .formatted(fault.fault(), String.join(" from ", ends.stream().sorted().toList()));
      }
    }
    for (String host : fault.targets()) {
      if (passed.stream().anyMatch(e -> e.contains(host))
          && silent.stream().noneMatch(e -> e.contains(host))) {
        return "fault '%s' acts on %s, and no path from or to it fell silent"
            .formatted(fault.fault(), host);
      }
    }
    return null;
  }

  /**
   * Whether a cut was to part these two. It has two sides; where the ledger names more parts than
   * two, which of them are one side is not told, and each host is asked for alone.
   */
  private static boolean meant(Event.Injected fault, Set<String> ends) {
    Map<String, List<String>> aim = fault.aim();
    if (aim == null || aim.size() != 2) {
      return false;
    }
    List<List<String>> sides = List.copyOf(aim.values());
    List<String> both = List.copyOf(ends);
    return (sides.get(0).contains(both.get(0)) && sides.get(1).contains(both.get(1)))
        || (sides.get(0).contains(both.get(1)) && sides.get(1).contains(both.get(0)));
  }

  /**
   * Why the matrices do not show that every path came back; null when they do, or were not made.
   */
  static @Nullable String unhealed(LedgerViews history, Event.Injected fault) {
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
      LedgerViews history, Event.Injected fault, String moment) {
    Event.Reachability found = null;
    for (Event.Reachability matrix : history.of(Event.Reachability.class)) {
      if (matrix.fault().equals(fault.fault()) && matrix.moment().equals(moment)) {
        found = matrix;
      }
    }
    return found;
  }
}
