package io.drillyard.fault;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Faults of the data network: packets lost, delayed or held back; management stays whole. */
public sealed interface NetworkFault extends Fault {
  @Override
  default String group() {
    return "network";
  }

  /** Which packets a cut drops, as seen from its one side. */
  enum Way {
    /** Both ways. */
    BOTH("between %s and %s"),
    /** Only those that the one side sends. */
    TOWARDS("from %s to %s"),
    /** Only those that the one side would receive. */
    FROM("to %s from %s");

    private final String words;

    Way(String words) {
      this.words = words;
    }

    private String words(String one, String others) {
      return words.formatted(one, others);
    }
  }

  private static String on(Set<NetworkPlane> planes) {
    return planes.isEmpty()
        ? ""
        : ", on "
            + planes.stream()
                .sorted()
                .map(NetworkPlane::words)
                .collect(Collectors.joining(" and "));
  }

  private static String words(Collection<Who> parts) {
    return parts.stream().sorted().map(Who::words).collect(Collectors.joining(" and "));
  }

  /**
   * Packets between one part and others are dropped at the one part's hosts.
   *
   * <p>On a plane, a directed cut drops the requests of one side to the servers of the other:
   * {@code TOWARDS} those that the one side opens, {@code FROM} those that it serves.
   *
   * @param one whose hosts drop them
   * @param others the far ends
   * @param way which direction
   * @param planes only these; empty: everything
   */
  record Cut(Who one, Set<Who> others, Way way, Set<NetworkPlane> planes) implements NetworkFault {
    /** Copies its sets. */
    public Cut {
      others = Set.copyOf(others);
      planes = Set.copyOf(planes);
      if (others.isEmpty() || one.equals(Who.CLIENTS)) {
        throw new IllegalArgumentException("a cut needs a host and somebody to be cut from");
      }
    }

    /** Everything, both ways. */
    public static Cut between(Who one, Who... others) {
      return new Cut(one, Set.of(others), Way.BOTH, Set.of());
    }

    /** The same on these planes only. */
    public Cut on(NetworkPlane... only) {
      return new Cut(one, others, way, Set.of(only));
    }

    /** The same in one direction only. */
    public Cut oneWay(Way direction) {
      return new Cut(one, others, direction, planes);
    }

    @Override
    public String type() {
      return way == Way.BOTH ? "cut" : "one-way-cut";
    }

    @Override
    public String words() {
      return "packets %s are dropped%s"
          .formatted(way.words(one.words(), NetworkFault.words(others)), NetworkFault.on(planes));
    }
  }

  /** How a partition divides the hosts of the cluster. */
  enum Shape {
    /** Two halves as equal as can be; the primary in the first. */
    HALVES("two halves"),
    /** The primary with less than half of the others. */
    PRIMARY_IN_MINORITY("the primary in a minority"),
    /** The primary with more than half. */
    PRIMARY_IN_MAJORITY("the primary in a majority"),
    /** Two halves that only one host, not the primary, still sees both of. */
    BRIDGE("two halves and a bridge between them"),
    /** Each host sees its two neighbours in a ring and nobody else. */
    RING("a ring in which each sees its neighbours only");

    private final String words;

    Shape(String words) {
      this.words = words;
    }

    /** For plans and reports. */
    public String words() {
      return words;
    }
  }

  /**
   * The hosts of the cluster, its etcd included, are divided.
   *
   * @param shape how
   */
  record Partition(Shape shape) implements NetworkFault {
    @Override
    public String type() {
      return "partition";
    }

    @Override
    public String words() {
      return "the cluster's hosts are divided: " + shape.words();
    }

    @Override
    public String needs() {
      return "five hosts of members and etcd for a bridge or a ring";
    }
  }

  /** The link of the primary's site to all others goes down; inside, everything works. */
  record SiteCut() implements NetworkFault {
    @Override
    public String type() {
      return "site-cut";
    }

    @Override
    public String words() {
      return "the link of the primary's site to the other sites is down";
    }

    @Override
    public String needs() {
      return "two sites";
    }
  }

  /**
   * A cut that comes and goes.
   *
   * @param cut what is cut
   * @param down how long each time
   * @param up how long in between
   */
  record Flapping(Cut cut, Duration down, Duration up) implements NetworkFault {
    @Override
    public String type() {
      return "flapping";
    }

    @Override
    public String words() {
      return "%s, %d ms of every %d ms"
          .formatted(cut.words(), down.toMillis(), down.plus(up).toMillis());
    }
  }

  /**
   * What a part's hosts send is narrowed.
   *
   * @param who sends
   * @param kilobits per second
   * @param planes only these; empty: everything on the data network
   */
  record Narrow(Who who, int kilobits, Set<NetworkPlane> planes) implements NetworkFault {
    /** Copies its set. */
    public Narrow {
      planes = planes.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(planes));
    }

    @Override
    public String type() {
      return "narrow";
    }

    @Override
    public String words() {
      return "%s no more than %d kbit/s%s"
          .formatted(who.words("sends", "send"), kilobits, NetworkFault.on(planes));
    }
  }

  /** What a proxy on the path does to a conversation. */
  enum Toxic {
    /** Every answer comes late. */
    LATENCY("late by"),
    /** Every answer comes late, by a delay that varies between nothing and twice the amount. */
    JITTER("late by up to twice"),
    /** The end of a connection reaches the other side late. */
    SLOW_CLOSE("closed late by"),
    /** Connections are reset after a while. */
    RESET("reset after"),
    /** Connections stay open and nothing comes through. */
    STALL("stalled"),
    /** Answers drip: one small piece per delay. */
    TRICKLE("dripping, a piece each");

    private final String words;

    Toxic(String words) {
      this.words = words;
    }

    /** For plans and reports. */
    public String words() {
      return words;
    }
  }

  /**
   * Conversations with a part's servers go through a proxy that spoils them.
   *
   * @param servers whose servers
   * @param plane which of them
   * @param toxic how
   * @param amount its delay; of a stall without meaning
   */
  record Spoiled(Who servers, NetworkPlane plane, Toxic toxic, Duration amount)
      implements NetworkFault {
    @Override
    public String type() {
      return "spoiled-" + toxic.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    @Override
    public String words() {
      return "answers on %s from %s are %s%s"
          .formatted(
              plane.words(),
              servers.words(),
              toxic.words(),
              toxic == Toxic.STALL ? "" : " " + amount.toMillis() + " ms");
    }

    @Override
    public String needs() {
      return "the proxy server of the lab";
    }
  }
}
