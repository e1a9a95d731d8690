package io.drillyard.repository;

/** Opens repositories of every kind; each kind's client is loaded only when it is asked for. */
public final class Repositories {
  private Repositories() {}

  /** A view of a repository; nothing is sent yet. */
  public static Repository open(RepositoryLocation location, Credentials credentials) {
    return switch (location.type()) {
      case S3 -> new S3Repository(location, credentials);
      case MINIO -> new MinioRepository(location, credentials);
      case GCS -> new GcsRepository(location, credentials);
      case AZURE -> new AzureRepository(location, credentials);
    };
  }

  /**
   * True when these credentials may list, false when the store denies them. No TLS, no network:
   * neither admitted nor denied, and never taken for a denial.
   */
  static boolean admits(RepositoryLocation location, Credentials credentials) {
    try (Repository other = open(location, credentials)) {
      other.reach();
      return true;
    } catch (RepositoryException e) {
      if (e.kind() == RepositoryException.Kind.DENIED) {
        return false;
      }
      throw e;
    }
  }

  static IllegalArgumentException unfit(RepositoryLocation location, Credentials credentials) {
    return new IllegalArgumentException(
        "a store of type %s takes other credentials than %s"
            .formatted(location.type().word(), credentials.words()));
  }
}
