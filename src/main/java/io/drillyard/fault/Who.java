package io.drillyard.fault;

/** A part in the drill, resolved to hosts at the moment of the injection. */
public enum Who {
  /** The member that holds the leader key now. */
  PRIMARY("the primary"),
  /** All other members. */
  REPLICAS("the other members"),
  /** All etcd members except one on the primary's own host. */
  ETCD("etcd"),
  /** Just enough etcd members that no quorum is left; never on the primary's host. */
  ETCD_MAJORITY("a majority of etcd"),
  /** Every host at the primary's site. */
  PRIMARY_SITE("the primary's site");

  private final String words;

  Who(String words) {
    this.words = words;
  }

  /** For plans and reports. */
  public String words() {
    return words;
  }
}
