package io.drillyard.repository;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.gax.retrying.RetrySettings;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.OAuth2Credentials;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Google's client over the JSON interface, each call bounded. */
final class GcsClient {
  private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";
  private static final int CONNECT_MS = 2000;
  private static final int READ_MS = 5000;

  /** It prints a stack for every token that is refused, which is an answer like any other. */
  private static final Logger NOISE =
      Logger.getLogger("com.google.auth.http.HttpCredentialsAdapter");

  static {
    NOISE.setLevel(Level.OFF);
  }

  private GcsClient() {}

  static Storage of(RepositoryLocation location, Credentials credentials) {
    NetHttpTransport transport = transport(location);
    return StorageOptions.http()
        .setHost(location.endpoint().toString())
        // Needed by the client; only making buckets would use it.
        .setProjectId("drillyard")
        .setCredentials(provider(location, credentials))
        .setTransportOptions(
            HttpTransportOptions.newBuilder()
                .setConnectTimeout(CONNECT_MS)
                .setReadTimeout(READ_MS)
                .setHttpTransportFactory(() -> transport)
                .build())
        .setRetrySettings(
            RetrySettings.newBuilder()
                .setMaxAttempts(3)
                .setInitialRetryDelayDuration(Duration.ofMillis(200))
                .setRetryDelayMultiplier(2)
                .setMaxRetryDelayDuration(Duration.ofSeconds(2))
                .setTotalTimeoutDuration(Duration.ofSeconds(20))
                .build())
        .build()
        .getService();
  }

  /** A token that is used as it is; one that is refused is not asked for anew. */
  private static final class PlainToken extends OAuth2Credentials {
    private static final long serialVersionUID = 1;

    PlainToken(String token) {
      super(AccessToken.newBuilder().setTokenValue(token).build());
    }

    @Override
    public AccessToken refreshAccessToken() throws IOException {
      throw new IOException("a plain token cannot be refreshed");
    }
  }

  private static NetHttpTransport transport(RepositoryLocation location) {
    NetHttpTransport.Builder builder = new NetHttpTransport.Builder();
    if (location.caCertificate() != null) {
      try {
        builder.trustCertificates(CaTrust.in(location.caCertificate()).store());
      } catch (GeneralSecurityException e) {
        throw new IllegalArgumentException("not a usable CA certificate: " + e.getMessage(), e);
      }
    }
    return builder.build();
  }

  private static OAuth2Credentials provider(RepositoryLocation location, Credentials credentials) {
    try {
      return switch (credentials) {
        case Credentials.Token token -> new PlainToken(token.token());
        case Credentials.InFile in -> {
          try (InputStream file = Files.newInputStream(in.file())) {
            yield GoogleCredentials.fromStream(file).createScoped(SCOPE);
          }
        }
        case Credentials.Chain chain ->
            GoogleCredentials.getApplicationDefault().createScoped(SCOPE);
        default -> throw Repositories.unfit(location, credentials);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(credentials.words() + " cannot be used", e);
    }
  }
}
