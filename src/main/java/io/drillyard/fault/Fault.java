package io.drillyard.fault;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * What breaks, as plain data: it knows no host, no transport and no command. Faults of different
 * names can be in force together.
 */
public sealed interface Fault
    permits NetworkFault,
        ProcessFault,
        HostFault,
        StorageFault,
        ClockFault,
        ConsensusFault,
        OperatorFault,
        LoadFault,
        RepositoryFault {

  /** How long a fault is in force. */
  enum Lasting {
    /** Until the harness takes it back. */
    HELD,
    /** Done at once; whatever heals, it is the system under test that does it. */
    MOMENTARY
  }

  /** The word in ledgers, plans and reports; unique in the catalogue. */
  String type();

  /** The group: network, process, host, storage, clock, consensus, operator, load or repository. */
  String group();

  /** One line for plans and reports. */
  String words();

  /** How long it is in force. */
  default Lasting lasting() {
    return Lasting.HELD;
  }

  /** Every part that it names. */
  default List<Who> parts() {
    List<Who> parts = new ArrayList<>();
    for (RecordComponent component : getClass().getRecordComponents()) {
      Object value;
      try {
        value = component.getAccessor().invoke(this);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(component + " of a fault cannot be read", e);
      }
      for (Object one : value instanceof Collection<?> several ? several : Arrays.asList(value)) {
        if (one instanceof Who who) {
          parts.add(who);
        }
      }
    }
    return parts;
  }

  /** What the environment must offer beyond a cluster; empty: nothing. */
  default String needs() {
    return "";
  }
}
