package io.drillyard.fault;

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
        LoadFault {

  /** How long a fault is in force. */
  enum Lasting {
    /** Until the harness takes it back. */
    HELD,
    /** Done at once; whatever heals, it is the system under test that does it. */
    MOMENTARY
  }

  /** The word in ledgers, plans and reports; unique in the catalogue. */
  String type();

  /** The group: network, process, host, storage, clock, consensus, operator or load. */
  String group();

  /** One line for plans and reports. */
  String words();

  /** How long it is in force. */
  default Lasting lasting() {
    return Lasting.HELD;
  }

  /** What the environment must offer beyond a cluster; empty: nothing. */
  default String needs() {
    return "";
  }
}
