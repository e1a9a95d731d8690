package io.drillyard.repository;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a repository lies.
 *
 * @param endpoint {@code https://name:port}; the certificate must be made out to that name
 * @param region S3 and MinIO; empty for the others
 * @param bucket or container
 * @param caCertificate PEM of the only CA that is trusted; null: those that the JVM trusts
 */
public record RepositoryLocation(
    StoreType type, URI endpoint, String region, String bucket, @Nullable String caCertificate) {
  /** An object's address, for messages. */
  String where(String key) {
    return endpoint + "/" + bucket + "/" + key;
  }
}
