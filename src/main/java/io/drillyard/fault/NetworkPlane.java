package io.drillyard.fault;

/** A kind of conversation between hosts, which a network fault may hit without the others. */
public enum NetworkPlane {
  /** Patroni, or anybody else, asks etcd. */
  ETCD_CLIENT("etcd client", 2379),
  /** etcd members among themselves. */
  ETCD_PEER("etcd peer", 2380),
  /** A standby streams, copies or rewinds from another member. */
  REPLICATION("replication", 5432),
  /** Patroni's REST interface: members among themselves, and HAProxy's checks. */
  PATRONI_REST("Patroni REST", 8008),
  /** Clients write. The port is that of replication; the other end is no member. */
  SQL("SQL clients", 5432),
  /** WAL and backups go to the object store. */
  ARCHIVE("archive", 9000);

  private final String words;
  private final int port;

  NetworkPlane(String words, int port) {
    this.words = words;
    this.port = port;
  }

  /** For plans and reports. */
  public String words() {
    return words;
  }

  /** The TCP port that its server listens on in a lab. */
  public int port() {
    return port;
  }
}
