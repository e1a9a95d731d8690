package io.drillyard.fault;

/** What people do: orders, and mistakes. */
public sealed interface OperatorFault extends Fault {
  @Override
  default String group() {
    return "operator";
  }

  /**
   * A switchover ordered through Patroni's REST interface.
   *
   * @param leader who is to hand over, to whomever Patroni chooses
   */
  record Switchover(Who leader) implements OperatorFault {
    /** In the cluster that serves. */
    public Switchover() {
      this(Who.PRIMARY);
    }

    @Override
    public String type() {
      return "switchover";
    }

    @Override
    public String words() {
      return "an operator orders a switchover"
          + (leader.cluster() == null ? "" : " from " + leader.words());
    }

    @Override
    public Lasting lasting() {
      return Lasting.MOMENTARY;
    }
  }

  /**
   * A failover ordered to one member, whatever it lacks.
   *
   * @param to who must lead
   */
  record ForcedFailover(Who to) implements OperatorFault {
    @Override
    public String type() {
      return "forced-failover";
    }

    @Override
    public String words() {
      return "an operator forces a failover to " + to.words();
    }

    @Override
    public Lasting lasting() {
      return Lasting.MOMENTARY;
    }
  }

  /**
   * A standby is promoted by hand, behind Patroni's back.
   *
   * @param who is promoted
   */
  record PromotedByHand(Who who) implements OperatorFault {
    @Override
    public String type() {
      return "promoted-by-hand";
    }

    @Override
    public String words() {
      return "an operator promotes " + who.words() + " by pg_ctl, behind Patroni's back";
    }

    @Override
    public Lasting lasting() {
      return Lasting.MOMENTARY;
    }
  }

  /** Patroni is told to keep its hands off (maintenance mode). */
  record Paused() implements OperatorFault {
    @Override
    public String type() {
      return "patroni-paused";
    }

    @Override
    public String words() {
      return "an operator pauses Patroni for the whole cluster";
    }
  }

  /**
   * A key of Patroni's dynamic configuration is changed.
   *
   * @param key its name, e.g. {@code synchronous_mode}
   * @param value as JSON
   */
  record SettingChanged(String key, String value) implements OperatorFault {
    @Override
    public String type() {
      return "setting-changed";
    }

    @Override
    public String words() {
      return "an operator sets " + key + " to " + value;
    }
  }

  /**
   * A planned hand-over begins: the clients' role may not log in any more, and its sessions end.
   */
  record ClientsTurnedAway() implements OperatorFault {
    @Override
    public String type() {
      return "clients-turned-away";
    }

    @Override
    public String words() {
      return "an operator closes the route: the clients may not log in, and their sessions end";
    }

    @Override
    public Lasting lasting() {
      return Lasting.MOMENTARY;
    }
  }

  /**
   * A standby's replication slot is dropped on the primary.
   *
   * @param of whose slot
   */
  record SlotDropped(Who of) implements OperatorFault {
    @Override
    public String type() {
      return "slot-dropped";
    }

    @Override
    public String words() {
      return "the replication slot of " + of.words() + " is dropped";
    }

    @Override
    public Lasting lasting() {
      return Lasting.MOMENTARY;
    }
  }

  /**
   * A second PostgreSQL with a new database is started under a Patroni of the same scope and etcd.
   *
   * @param who on whose host, beside what runs there
   */
  record SecondCluster(Who who) implements OperatorFault {
    @Override
    public String type() {
      return "second-cluster";
    }

    @Override
    public String words() {
      return "a second cluster of the same scope is started on " + who.words();
    }
  }

  /** Every service of every host is restarted at once. */
  record EverythingRestarted() implements OperatorFault {
    @Override
    public String type() {
      return "everything-restarted";
    }

    @Override
    public String words() {
      return "Patroni and etcd are restarted on every host at once";
    }

    @Override
    public Lasting lasting() {
      return Lasting.MOMENTARY;
    }
  }

  /**
   * Somebody drops a table, by mistake.
   *
   * @param database that it is in
   * @param table its name, with its schema where that is not {@code public}
   */
  record TableDropped(String database, String table) implements OperatorFault {
    @Override
    public String type() {
      return "table-dropped";
    }

    @Override
    public String words() {
      return "somebody drops table " + table + " of database " + database;
    }

    @Override
    public Lasting lasting() {
      return Lasting.MOMENTARY;
    }
  }
}
