package io.drillyard.fault;

/** A part in the drill, resolved to hosts at the moment of the injection. */
public enum Who {
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
  /** One etcd member that does not lead, and not on the primary's host where there is a choice. */
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

  Who(String words) {
    this(words, false);
  }

  Who(String words, boolean several) {
    this.words = words;
    this.several = several;
  }

  /** For plans and reports. */
  public String words() {
    return words;
  }

  /**
   * The same with what it does.
   *
   * @param does said of one, e.g. {@code loses}
   * @param they said of several, e.g. {@code lose}
   */
  public String words(String does, String they) {
    return words + " " + (several ? they : does);
  }
}
