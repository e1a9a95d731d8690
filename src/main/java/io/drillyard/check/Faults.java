package io.drillyard.check;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults of a drill, which of them is the disruption, and when everything was healed. */
final class Faults {
  /** Faults that only prepare the ground (such as making a standby lag) are named so. */
  static final String PREPARATION = "prepare-";

  /** The plane of orders (a switchover), which hold nothing and need no heal. */
  static final String ORDER = "order";

  private final List<Event.Injected> injected;
  private final List<Event.Healed> healed;

  Faults(History history) {
    injected = history.of(Event.Injected.class);
    healed = history.of(Event.Healed.class);
  }

  List<Event.Injected> injected() {
    return injected;
  }

  static boolean isOrder(Event.Injected fault) {
    return fault.plane().equals(ORDER);
  }

  /** The disruption: the first fault that is no preparation. */
  Event.@Nullable Injected disruption() {
    for (Event.Injected fault : injected) {
      if (!fault.fault().startsWith(PREPARATION)) {
        return fault;
      }
    }
    return null;
  }

  /** The first heal of a fault at or after its injection. */
  Event.@Nullable Healed healOf(Event.Injected fault) {
    for (Event.Healed heal : healed) {
      if (heal.fault().equals(fault.fault()) && heal.at().startNs() >= fault.at().startNs()) {
        return heal;
      }
    }
    return null;
  }

  /** A fault that holds something and was never healed. */
  Event.@Nullable Injected unhealed() {
    for (Event.Injected fault : injected) {
      if (!isOrder(fault) && healOf(fault) == null) {
        return fault;
      }
    }
    return null;
  }

  /**
   * The moment from which nothing was broken any more: the last heal, or, where only an order was
   * given, the order. Null while a fault is unhealed, or when there was none.
   */
  @Nullable Interval release() {
    if (injected.isEmpty() || unhealed() != null) {
      return null;
    }
    Interval last = null;
    for (Event.Healed heal : healed) {
      if (last == null || heal.at().endNs() > last.endNs()) {
        last = heal.at();
      }
    }
    return last != null ? last : injected.get(injected.size() - 1).at();
  }
}
