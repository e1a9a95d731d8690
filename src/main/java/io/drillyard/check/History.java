package io.drillyard.check;

import io.drillyard.ledger.Event;
import java.util.List;

/** A ledger's events, in file order, with the views that several checks share. */
public final class History {
  private final List<Event> events;

  /** Takes the events of one ledger. */
  public History(List<Event> events) {
    this.events = List.copyOf(events);
  }

  /** All events, in file order. */
  public List<Event> events() {
    return events;
  }
}
