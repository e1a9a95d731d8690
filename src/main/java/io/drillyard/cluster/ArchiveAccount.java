package io.drillyard.cluster;

import io.drillyard.repository.Credentials;

/**
 * A store that a cluster archives to, and who the cluster is there.
 *
 * @param credentials of its own account
 */
public record ArchiveAccount(ObjectStore store, Credentials credentials) {
  /** As a repository of pgBackRest's, at a path inside the bucket. */
  public PgBackRestRepository at(String path) {
    return new PgBackRestRepository(store.state(), path, credentials, store.caCertificate());
  }
}
