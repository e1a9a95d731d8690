package io.drillyard.check;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The faults of a drill, which of them is the disruption, and when everything was healed. */
final class InjectedFaults {

  /** Orders to Patroni: they took hold when the leader key moved. */
  private static final Set<String> ORDERS = Set.of("switchover", "forced-failover");

  private final List<Event.Injected> injected;
  private final List<Event.Healed> healed;

  InjectedFaults(LedgerViews history) {
    injected = history.of(Event.Injected.class);
    healed = history.of(Event.Healed.class);
  }

  List<Event.Injected> injected() {
    return injected;
  }

  /** True for an order to Patroni, of which nobody but the leader key tells whether it was done. */
  static boolean isOrder(Event.Injected fault) {
    return ORDERS.contains(fault.type());
  }

  /** The disruption: the first fault that is no preparation. */
  Event.@Nullable Injected disruption() {
    for (Event.Injected fault : injected) {
      if (!fault.prepares()) {
        return fault;
      }
    }
    return null;
  }

  /**
   * The first heal of a fault at or after its injection. A momentary one has none: it holds
   * nothing, and what an older ledger calls its heal is the harness clearing up at the end.
   */
  Event.@Nullable Healed healOf(Event.Injected fault) {
    if (fault.holdsNothing()) {
      return null;
    }
    for (Event.Healed heal : healed) {
      if (heal.fault().equals(fault.fault()) && heal.at().startNs() >= fault.at().startNs()) {
        return heal;
      }
    }
    return null;
  }

  /**
   * The moment from which nothing was broken any more: the last heal, or the last momentary fault
   * where that came later. Null while a fault is unhealed, or when there was none.
   */
  @Nullable Interval release() {
    Interval last = null;
    for (Event.Injected fault : injected) {
      Event.Healed heal = healOf(fault);
      if (heal == null && !fault.holdsNothing()) {
        return null;
      }
      Interval free = heal == null ? fault.at() : heal.at();
      if (last == null || free.endNs() > last.endNs()) {
        last = free;
      }
    }
    return last;
  }
}
