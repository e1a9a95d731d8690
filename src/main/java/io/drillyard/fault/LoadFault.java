package io.drillyard.fault;

/** Load that hurts: not the drill's own writers, but what others do beside them. */
public sealed interface LoadFault extends Fault {
  @Override
  default String group() {
    return "load";
  }

  /** One session locks the drill's table against writers; they pile up behind it. */
  record LockPileUp() implements LoadFault {
    @Override
    public String type() {
      return "lock-pile-up";
    }

    @Override
    public String words() {
      return "a session holds the table that the clients write to";
    }
  }

  /** A transaction holds a snapshot and does nothing. */
  record LongTransaction() implements LoadFault {
    @Override
    public String type() {
      return "long-transaction";
    }

    @Override
    public String words() {
      return "a transaction stays open with a snapshot";
    }
  }

  /** Every connection that ordinary users may have is taken. */
  record ConnectionExhaustion() implements LoadFault {
    @Override
    public String type() {
      return "connection-exhaustion";
    }

    @Override
    public String words() {
      return "idle sessions take every connection that is free";
    }
  }

  /**
   * Writes that produce WAL faster than it is shipped.
   *
   * @param sessions that write at once
   * @param megabytes of WAL that all of them together write a second, at most; in whole multiples
   *     of the sessions
   */
  record WalFlood(int sessions, int megabytes) implements LoadFault {
    /** At least one megabyte a second for each session. */
    public WalFlood {
      if (sessions < 1 || megabytes < sessions) {
        throw new IllegalArgumentException("a flood needs a session, and a megabyte for each");
      }
    }

    @Override
    public String type() {
      return "wal-flood";
    }

    @Override
    public String words() {
      return sessions + " sessions write up to " + megabytes + " MB of WAL a second";
    }
  }
}
