package io.drillyard.fault;

import io.drillyard.declaration.ClusterRef;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part in the drill, resolved to hosts at the moment of the injection.
 *
 * @param role in its cluster, or beside all clusters
 * @param cluster in which the role is played; null: in the one that serves then
 */
public record Who(Role role, @Nullable ClusterRef cluster) implements Comparable<Who> {
  /** The member that holds the leader key now. */
  public static final Who PRIMARY = new Who(Role.PRIMARY, null);

  /** All other members. */
  public static final Who REPLICAS = new Who(Role.REPLICAS, null);

  /** The first of the other members; the one that is synchronous when there is such. */
  public static final Who REPLICA = new Who(Role.REPLICA, null);

  /** The last of the other members; not the one that is synchronous when there is a choice. */
  public static final Who OTHER_REPLICA = new Who(Role.OTHER_REPLICA, null);

  /** The first member that another one is told to stream from, and that does not lead. */
  public static final Who UPSTREAM = new Who(Role.UPSTREAM, null);

  /** Every member. */
  public static final Who MEMBERS = new Who(Role.MEMBERS, null);

  /** All etcd members except one on the primary's own host. */
  public static final Who ETCD = new Who(Role.ETCD, null);

  /** The etcd member that leads. */
  public static final Who ETCD_LEADER = new Who(Role.ETCD_LEADER, null);

  /** One etcd member that does not lead, and not on the primary's host where there is a choice. */
  public static final Who ETCD_FOLLOWER = new Who(Role.ETCD_FOLLOWER, null);

  /** Just enough etcd members that no quorum is left; never on the primary's host. */
  public static final Who ETCD_MAJORITY = new Who(Role.ETCD_MAJORITY, null);

  /** Every host at the primary's site. */
  public static final Who PRIMARY_SITE = new Who(Role.PRIMARY_SITE, null);

  /** Every host at the other sites. */
  public static final Who OTHER_SITES = new Who(Role.OTHER_SITES, null);

  /** The host of the object store. */
  public static final Who STORE = new Who(Role.STORE, null);

  /** The hosts of HAProxy; an environment without one has no such part. */
  public static final Who ROUTE = new Who(Role.ROUTE, null);

  /** The clients' own addresses, at every site; not hosts, so only the far end of a cut. */
  public static final Who CLIENTS = new Who(Role.CLIENTS, null);

  /** What somebody is in a cluster, or beside all of them. */
  public enum Role {
    /** The member that holds the leader key now. */
    PRIMARY("the primary"),
    /** All other members. */
    REPLICAS("the other members", true),
    /** The first of the other members; the one that is synchronous when there is such. */
    REPLICA("a replica"),
    /** The last of the other members; not the one that is synchronous when there is a choice. */
    OTHER_REPLICA("another replica"),
    /** The first member that another one is told to stream from, and that does not lead. */
    UPSTREAM("a replica that another one streams from"),
    /** Every member. */
    MEMBERS("every member"),
    /** All etcd members except one on the primary's own host. */
    ETCD("etcd"),
    /** The etcd member that leads. */
    ETCD_LEADER("the etcd leader"),
    /**
     * One etcd member that does not lead, and not on the primary's host where there is a choice.
     */
    ETCD_FOLLOWER("an etcd follower"),
    /** Just enough etcd members that no quorum is left; never on the primary's host. */
    ETCD_MAJORITY("a majority of etcd"),
    /** Every host at the primary's site. */
    PRIMARY_SITE("the primary's site"),
    /** Every host at the other sites. */
    OTHER_SITES("the other sites", true),
    /** The host of the object store. */
    STORE("the object store"),
    /** The hosts of HAProxy; an environment without one has no such part. */
    ROUTE("the clients' router"),
    /** The clients' own addresses, at every site; not hosts, so only the far end of a cut. */
    CLIENTS("the clients", true);

    private final String words;
    private final boolean several;

    Role(String words) {
      this(words, false);
    }

    Role(String words, boolean several) {
      this.words = words;
      this.several = several;
    }
  }

  /** Those who are part of no cluster cannot be meant in one. */
  public Who {
    if (cluster != null && beside(role)) {
      throw new IllegalArgumentException(role.words + " is no part of a cluster");
    }
  }

  /** One of each role, in the cluster that serves. */
  public static List<Who> values() {
    return Arrays.stream(Role.values()).map(role -> new Who(role, null)).toList();
  }

  /** The same role in another cluster. */
  public Who of(ClusterRef other) {
    return new Who(role, other);
  }

  /** True of those who are part of no cluster: the store, the clients and their router. */
  private static boolean beside(Role role) {
    return role == Role.STORE || role == Role.ROUTE || role == Role.CLIENTS;
  }

  /** For plans and reports. */
  public String words() {
    return cluster == null ? role.words : role.words + " of " + cluster.words();
  }

  /**
   * The same with what it does.
   *
   * @param does said of one, e.g. {@code loses}
   * @param they said of several, e.g. {@code lose}
   */
  public String words(String does, String they) {
    return words() + " " + (role.several ? they : does);
  }

  @Override
  public int compareTo(Who other) {
    return Comparator.comparing(Who::role)
        .thenComparing(Who::cluster, Comparator.nullsFirst(Comparator.naturalOrder()))
        .compare(this, other);
  }
}
