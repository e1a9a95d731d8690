package io.drillyard.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** A ledger that keeps its events in memory, for tests and for readers in the same process. */
public final class MemoryLedger implements Ledger {
  private final LongSupplier clock;
  private final List<Event> events = new ArrayList<>();

  /** One on the monotonic clock, with now as its origin. */
  public MemoryLedger() {
    long origin = System.nanoTime();
    this.clock = () -> System.nanoTime() - origin;
  }

  /** One on a clock of the caller's, in nanoseconds since the origin. */
  public MemoryLedger(LongSupplier clock) {
    this.clock = clock;
  }

  @Override
  public long now() {
    return clock.getAsLong();
  }

  @Override
  public void append(Event event) {
    synchronized (events) {
      events.add(event);
    }
  }

  /** A copy of what was appended so far, in the order of appending. */
  public List<Event> events() {
    synchronized (events) {
      return List.copyOf(events);
    }
  }

  /** The events of one kind, in the order of appending. */
  public <T extends Event> List<T> events(Class<T> kind) {
    return events().stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
