package io.drillyard.fault;

/** Faults of etcd's content; its processes and hosts have faults of their own. */
public sealed interface ConsensusFault extends Fault {
  @Override
  default String group() {
    return "consensus";
  }

  /** Somebody deletes Patroni's leader key. */
  record LeaderKeyDeleted() implements ConsensusFault {
    @Override
    public String type() {
      return "leader-key-deleted";
    }

    @Override
    public String words() {
      return "somebody deletes the leader key";
    }

    @Override
    public Lasting lasting() {
      return Lasting.MOMENTARY;
    }
  }

  /** Somebody writes another member's name into the leader key, without a lease. */
  record LeaderKeyOverwritten() implements ConsensusFault {
    @Override
    public String type() {
      return "leader-key-overwritten";
    }

    @Override
    public String words() {
      return "somebody writes a replica's name into the leader key, without a lease";
    }

    @Override
    public Lasting lasting() {
      return Lasting.MOMENTARY;
    }
  }

  /**
   * An etcd member is ended, and its data is gone; healing gives it back to the others as a new
   * member.
   *
   * @param who it is
   */
  record MemberDataLost(Who who) implements ConsensusFault {
    @Override
    public String type() {
      return "etcd-data-lost";
    }

    @Override
    public String words() {
      return who.words("loses its", "lose their") + " data";
    }
  }

  /**
   * Every etcd member has used up its quota: it takes no write and grants no lease any more, and
   * goes on answering reads, renewing leases and deleting keys (etcd's alarm NOSPACE).
   */
  record OutOfSpace() implements ConsensusFault {
    @Override
    public String type() {
      return "etcd-out-of-space";
    }

    @Override
    public String words() {
      return "etcd is out of space everywhere and refuses every write";
    }
  }

  /**
   * A snapshot that was taken before the load began is restored over the whole etcd: what Patroni
   * wrote since never was.
   */
  record SnapshotRestored() implements ConsensusFault {
    @Override
    public String type() {
      return "etcd-snapshot-restored";
    }

    @Override
    public String words() {
      return "etcd is restored from an older snapshot";
    }

    @Override
    public Lasting lasting() {
      return Lasting.MOMENTARY;
    }
  }
}
