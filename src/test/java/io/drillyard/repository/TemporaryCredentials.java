package io.drillyard.repository;

import io.minio.credentials.AssumeRoleProvider;
import io.minio.errors.MinioException;
import java.util.Objects;
import okhttp3.OkHttpClient;

/** Keys that a MinIO server lends to one of its users for a while. */
public final class TemporaryCredentials {
  private static final int SECONDS = 900;

  private TemporaryCredentials() {}

  /** With what that user may do. */
  public static Credentials.TemporaryKeys of(RepositoryLocation location, Credentials.Keys user)
      throws MinioException {
    CaTrust trust = CaTrust.in(Objects.requireNonNull(location.caCertificate()));
    OkHttpClient http =
        new OkHttpClient.Builder()
            .sslSocketFactory(trust.context().getSocketFactory(), trust.manager())
            .build();
    var lent =
        new AssumeRoleProvider(
                location.endpoint().toString(),
                user.accessKey(),
                user.secretKey(),
                SECONDS,
                null,
                location.region(),
                null,
                null,
                null,
                http)
            .fetch();
    return new Credentials.TemporaryKeys(lent.accessKey(), lent.secretKey(), lent.sessionToken());
  }
}
