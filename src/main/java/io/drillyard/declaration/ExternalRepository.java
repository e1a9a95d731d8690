package io.drillyard.declaration;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A pgBackRest repository outside the lab, somebody else's: it is only ever read, but for {@code
 * purge}, which needs credentials of its own.
 *
 * @param file it was read from
 * @param type {@code s3}, {@code minio}, {@code gcs} or {@code azure}
 * @param endpoint DNS name that its certificate is made out to
 * @param address where the launcher connects to in place of the endpoint's own address; null: that
 * @param region of S3 and MinIO; empty for the others
 * @param account of Azure; empty for the others
 * @param bucket or container
 * @param path pgBackRest's {@code repo-path}
 * @param credentials file that holds them, in the form that the store's own tools use
 * @param ca PEM file of the only CA that is trusted; null: those that the machine trusts
 * @param cipherPass file with the passphrase that it is encrypted with ({@code aes-256-cbc}); null:
 *     it is not encrypted
 * @param retention how long a backup is kept at least, from its end; null: none declared, and none
 *     may be purged
 * @param purgeCredentials file with credentials that may delete; null: nobody may purge
 * @param control {@code host:port} that has nothing to do with the store, and answers when our own
 *     network is whole; null: none
 */
public record ExternalRepository(
    String file,
    String type,
    String endpoint,
    int port,
    @Nullable String address,
    String region,
    String account,
    String bucket,
    String path,
    String stanza,
    Path credentials,
    @Nullable Path ca,
    @Nullable Path cipherPass,
    @Nullable Duration retention,
    @Nullable Path purgeCredentials,
    @Nullable String control) {

  /** Where a connection goes. */
  public String connectsTo() {
    return address == null ? endpoint : address;
  }

  /** Where it lies; whatever declaration names the same place names the same repository. */
  public String place() {
    return "%s:%d/%s%s".formatted(endpoint, port, bucket, path);
  }
}
