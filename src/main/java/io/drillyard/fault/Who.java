package io.drillyard.fault;

/** A part in the drill, resolved to hosts at the moment of the injection. */
public enum Who {
  /** The member that holds the leader key now. */
  PRIMARY("the primary"),
  /** All other members. */
  REPLICAS("the other members"),
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
  OTHER_SITES("the other sites"),
  /** The host of the object store. */
  STORE("the object store"),
  /** The hosts of HAProxy; an environment without one has no such part. */
  ROUTE("HAProxy"),
  /** The clients' own addresses, at every site; not hosts, so only the far end of a cut. */
  CLIENTS("the clients");

  private final String words;

  Who(String words) {
    this.words = words;
  }

  /** For plans and reports. */
  public String words() {
    return words;
  }
}
