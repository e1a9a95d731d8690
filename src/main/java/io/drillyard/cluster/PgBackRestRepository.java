package io.drillyard.cluster;

import io.drillyard.declaration.Environment;
import io.drillyard.repository.Credentials;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A repository as pgBackRest is told of it: TLS by the store's name, verified against its CA.
 *
 * @param path inside the bucket
 * @param credentials of a kind that the type takes
 * @param caCertificate PEM; null: the CAs that the machine trusts
 * @param passphrase of {@code aes-256-cbc}; null: the repository is not encrypted
 */
public record PgBackRestRepository(
    Environment.RepositoryState state,
    String path,
    Credentials credentials,
    @Nullable String caCertificate,
    @Nullable String passphrase) {

  /** One that is not encrypted. */
  public PgBackRestRepository(
      Environment.RepositoryState state,
      String path,
      Credentials credentials,
      @Nullable String caCertificate) {
    this(state, path, credentials, caCertificate, null);
  }

  /** Where the CA of the repository of that number lies on a member. */
  static String caFile(int number) {
    return "/etc/pgbackrest/ca-repo%d.crt".formatted(number);
  }

  /** The same behind another port of the store's host. */
  public PgBackRestRepository at(int port) {
    return new PgBackRestRepository(state.at(port), path, credentials, caCertificate, passphrase);
  }

  /** Its options, as pgBackRest's repository of that number. */
  Map<String, String> options(int number) {
    Map<String, String> own = new LinkedHashMap<>();
    own.put("type", state.type().equals("minio") ? "s3" : state.type());
    switch (state.type()) {
      case "s3", "minio" -> s3(own);
      case "gcs" -> gcs(own);
      case "azure" -> azure(own);
      default -> throw unfit();
    }
    if (caCertificate != null) {
      own.put("storage-ca-file", caFile(number));
    }
    own.put("path", path);
    if (passphrase != null) {
      own.put("cipher-type", "aes-256-cbc");
      own.put("cipher-pass", passphrase);
    }
    if (state.retentionFull() > 0) {
      own.put("retention-full", Integer.toString(state.retentionFull()));
    }
    // A new database is a thousand small files: one by one, each would cost a request of its own.
    own.put("bundle", "y");
    Map<String, String> options = new LinkedHashMap<>();
    own.forEach((key, value) -> options.put("repo%d-%s".formatted(number, key), value));
    return options;
  }

  private void s3(Map<String, String> own) {
    own.put("s3-endpoint", state.endpoint());
    own.put("storage-port", Integer.toString(state.port()));
    own.put("s3-bucket", state.bucket());
    own.put("s3-region", state.region());
    own.put("s3-uri-style", "path");
    switch (credentials) {
      case Credentials.Keys keys -> {
        own.put("s3-key", keys.accessKey());
        own.put("s3-key-secret", keys.secretKey());
      }
      case Credentials.TemporaryKeys lent -> {
        own.put("s3-key", lent.accessKey());
        own.put("s3-key-secret", lent.secretKey());
        own.put("s3-token", lent.session());
      }
      default -> throw unfit();
    }
  }

  /** The port stands in the endpoint: pgBackRest's gcs knows no other place for it. */
  private void gcs(Map<String, String> own) {
    own.put("gcs-endpoint", state.endpoint() + ":" + state.port());
    own.put("gcs-bucket", state.bucket());
    if (!(credentials instanceof Credentials.Token token)) {
      throw unfit();
    }
    own.put("gcs-key-type", "token");
    // It sends the key as the whole header.
    own.put("gcs-key", "Bearer " + token.token());
  }

  /** In Azure's cloud the account stands in the name, which pgBackRest puts together itself. */
  private void azure(Map<String, String> own) {
    boolean host = state.namesAccount();
    own.put(
        "azure-endpoint",
        host ? state.endpoint().substring(state.account().length() + 1) : state.endpoint());
    own.put("azure-uri-style", host ? "host" : "path");
    own.put("storage-port", Integer.toString(state.port()));
    own.put("azure-container", state.bucket());
    switch (credentials) {
      case Credentials.SharedKey shared -> {
        own.put("azure-account", shared.account());
        own.put("azure-key-type", "shared");
        own.put("azure-key", shared.key());
      }
      case Credentials.SharedAccess shared -> {
        own.put("azure-account", shared.account());
        own.put("azure-key-type", "sas");
        own.put("azure-key", shared.signature());
      }
      default -> throw unfit();
    }
  }

  private IllegalArgumentException unfit() {
    return new IllegalArgumentException(
        "pgBackRest's %s takes other credentials than %s"
            .formatted(state.type(), credentials.words()));
  }

  /** Never the passphrase. */
  @Override
  public String toString() {
    return "%s %s%s by %s".formatted(state.endpoint(), state.bucket(), path, credentials.words());
  }
}
