package io.drillyard.fault;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What breaks, as plain data; independent of the transport. */
public sealed interface Fault {
  /** The word in ledgers and reports. */
  String type();

  /** host, network, process, consensus or order. */
  String plane();

  /** One line for plans and reports. */
  String words();

  /**
   * Hosts lose power: silent, their disks survive.
   *
   * @param who loses it
   */
  record PowerOff(Who who) implements Fault {
    @Override
    public String type() {
      return "power-off";
    }

    @Override
    public String plane() {
      return who == Who.ETCD_MAJORITY ? "consensus" : "host";
    }

    @Override
    public String words() {
      return who.words() + " loses power";
    }
  }

  /** A whole site loses power and its link to the others. */
  record SiteLoss() implements Fault {
    @Override
    public String type() {
      return "site-loss";
    }

    @Override
    public String plane() {
      return "host";
    }

    @Override
    public String words() {
      return "every host at the primary's site loses power, and its link goes down";
    }
  }

  /**
   * Packets between one host and others are dropped, both ways, on the data network.
   *
   * @param host at which they are dropped
   * @param from the others
   * @param ports of TCP, on either side; empty: everything
   */
  record Cut(Who host, Set<Who> from, List<Integer> ports) implements Fault {
    @Override
    public String type() {
      return "cut";
    }

    @Override
    public String plane() {
      return "network";
    }

    @Override
    public String words() {
      String others = from.stream().sorted().map(Who::words).collect(Collectors.joining(" and "));
      return "packets between "
          + host.words()
          + " and "
          + others
          + " are dropped"
          + (ports.isEmpty() ? "" : ", port " + ports);
    }
  }

  /**
   * A service's process is stopped by SIGSTOP; it goes on by SIGCONT.
   *
   * @param who runs it
   * @param service {@code patroni} or {@code etcd}
   */
  record Freeze(Who who, String service) implements Fault {
    @Override
    public String type() {
      return "freeze";
    }

    @Override
    public String plane() {
      return "process";
    }

    @Override
    public String words() {
      return service + " on " + who.words() + " is frozen (SIGSTOP)";
    }
  }

  /** A switchover ordered through Patroni's REST interface. Nothing is held, nothing to heal. */
  record Switchover() implements Fault {
    @Override
    public String type() {
      return "switchover";
    }

    @Override
    public String plane() {
      return "order";
    }

    @Override
    public String words() {
      return "an operator orders a switchover";
    }
  }
}
