package io.drillyard.sabotage;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/** The harness stands still for a while, and its stall meter writes it down. */
final class Stall {
  private Stall() {}

  /** All that came later comes later still; what was under way takes so much longer. */
  static List<Event> in(List<Event> events, long atNs, long lengthNs) {
    List<Event> stalled = new ArrayList<>();
    for (Event event : events) {
      stalled.add(moved(event, atNs, lengthNs));
    }
    Event.Stalled stall = new Event.Stalled(new Interval(atNs, atNs + lengthNs), lengthNs);
    stalled.add(stalled.size() - 1, stall);
    return stalled;
  }

  private static Event moved(Event event, long atNs, long byNs) {
    if (event.at().endNs() < atNs) {
      return event;
    }
    try {
      RecordComponent[] parts = event.getClass().getRecordComponents();
      Class<?>[] types = new Class<?>[parts.length];
      Object[] values = new Object[parts.length];
      for (int i = 0; i < parts.length; i++) {
        types[i] = parts[i].getType();
        var accessor = parts[i].getAccessor();
        accessor.setAccessible(true);
        values[i] = accessor.invoke(event);
        if (values[i] instanceof Interval at) {
          values[i] =
              new Interval(
                  at.startNs() < atNs ? at.startNs() : at.startNs() + byNs, at.endNs() + byNs);
        } else if (parts[i].getName().equals("scheduledNs") && (long) values[i] >= atNs) {
          values[i] = (long) values[i] + byNs;
        } else if (parts[i].getName().equals("epochNs") && event.at().startNs() >= atNs) {
          values[i] = (long) values[i] + byNs;
        }
      }
      Constructor<?> made = event.getClass().getDeclaredConstructor(types);
      made.setAccessible(true);
      return (Event) made.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("not a record: " + event, e);
    }
  }
}
