package io.drillyard.check;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import java.lang.reflect.RecordComponent;

/** Moves one event in time. */
final class Shift {
  private Shift() {}

  static Event by(Event event, long ns) {
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
          values[i] = new Interval(at.startNs() + ns, at.endNs() + ns);
        }
      }
      return (Event) event.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("not a record: " + event, e);
    }
  }
}
