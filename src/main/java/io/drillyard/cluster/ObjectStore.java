package io.drillyard.cluster;

import io.drillyard.declaration.Environment;
import io.drillyard.host.Host;
import io.drillyard.repository.Credentials;
import io.drillyard.repository.Repository;
import io.drillyard.repository.StoreType;

/**
 * The object store of an environment, on its own host: over TLS, with a certificate of a CA that is
 * made for this run, and one account per site that may use the bucket.
 */
public interface ObjectStore {
  /** Where its host keeps the objects: a volume of their own. */
  String OBJECTS = "/srv/objects";

  /** Starts the server that the declared type names; returns when it answers. */
  static ObjectStore start(Host host, Environment.RepositoryState state, RunSecrets secrets) {
    StoreHost on = StoreHost.prepare(host, state, secrets);
    return switch (StoreType.of(state.type())) {
      case S3 -> VersityStore.start(on);
      case MINIO -> MinioStore.start(on);
      case GCS -> FakeGcsStore.start(on);
      case AZURE -> AzuriteStore.start(on);
    };
  }

  /** Its declaration. */
  Environment.RepositoryState state();

  /** The CA's certificate, PEM. */
  String caCertificate();

  /** Creates an account that may use the bucket. */
  Credentials grant(String account);

  /** Takes an account away; requests with its credentials are denied from then on. */
  void revoke(String account);

  /**
   * A way to the same bucket that lets nobody write: what a restore test is given.
   *
   * @param account that was granted
   */
  ReadOnlyEndpoint openReadOnly(String account);

  /** The view of somebody with credentials, through one of the doors. */
  Repository view(Credentials credentials, int port);

  /** The harness's own view of the bucket, over the management network. */
  Repository view();

  /**
   * A way in that only reads.
   *
   * @param port of the store's host
   * @param credentials that are to be used there
   */
  record ReadOnlyEndpoint(int port, Credentials credentials) {}
}
