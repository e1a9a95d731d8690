package io.drillyard.declaration;

/**
 * How a cluster's etcd is secured.
 *
 * @param tls Patroni and the members of etcd talk over TLS with certificates on both sides
 * @param authentication Patroni logs in as a user that may use its own keys only
 */
public record EtcdSecurity(boolean tls, boolean authentication) {
  /** Plain and open to everybody, which is etcd's default. */
  public static final EtcdSecurity NONE = new EtcdSecurity(false, false);
}
