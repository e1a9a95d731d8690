package io.drillyard.repository;

import io.minio.credentials.AssumeRoleProvider;
import io.minio.errors.MinioException;
import java.util.Objects;
import okhttp3.OkHttpClient;

/** Keys that a MinIO server lends to one of its users for a while. */
public final class LentKeys {
  private static final int SECONDS = 900;

  private LentKeys() {}

  /** With what that user may do. */
  public static Credentials.TemporaryKeys of(Location location, Credentials.Keys user)
      throws MinioException {
    Trust trust = Trust.in(Objects.requireNonNull(location.caCertificate()));
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
