package io.drillyard.repository;

import io.drillyard.ledger.Sha256;
import io.drillyard.repository.RepositoryException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** Asks a store, and tells its failures in the words of every store, without a secret in them. */
final class StoreRequest {
  private final RepositoryLocation location;
  private final List<String> secrets;
  private final Function<Exception, Kind> kinds;
  private final Function<Exception, String> words;

  /**
   * For one store, whose client says in its messages what was wrong.
   *
   * @param kinds what its client throws, in the words of every store
   */
  StoreRequest(
      RepositoryLocation location, Credentials credentials, Function<Exception, Kind> kinds) {
    this(location, credentials, kinds, e -> String.valueOf(e.getMessage()));
  }

  /**
   * For one store.
   *
   * @param words what its client throws, as a message
   */
  StoreRequest(
      RepositoryLocation location,
      Credentials credentials,
      Function<Exception, Kind> kinds,
      Function<Exception, String> words) {
    this.location = location;
    this.secrets = credentials.secrets();
    this.kinds = kinds;
    this.words = words;
  }

  /** The answer; a failure says what could not be done to which object, and why. */
  <T> T of(String key, String done, Callable<T> question) {
    try {
      return question.call();
    } catch (RepositoryException e) {
      throw e;
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new RepositoryException(
          kinds.apply(e),
          "%s cannot be %s: %s".formatted(location.where(key), done, redacted(e)),
          e);
    }
  }

  /** The same without an answer. */
  void to(String key, String done, Runnable act) {
    of(
        key,
        done,
        () -> {
          act.run();
          return true;
        });
  }

  /**
   * Writes what must not be there yet.
   *
   * @return false where it is
   */
  boolean create(String key, Callable<?> write) {
    try {
      of(key, "created", write);
      return true;
    } catch (RepositoryException e) {
      if (e.kind() == Kind.EXISTS) {
        return false;
      }
      throw e;
    }
  }

  private String redacted(Exception failure) {
    String said = words.apply(failure);
    for (String secret : secrets) {
      if (!secret.isEmpty()) {
        said = said.replace(secret, "[withheld]");
      }
    }
    return said;
  }

  /** Everything of a stream, which must be as long as the store said. */
  byte[] whole(String key, InputStream content, long bytes) throws IOException {
    byte[] all = content.readAllBytes();
    length(key, all.length, bytes);
    return all;
  }

  /** SHA-256 of a stream, which must be as long as the store said. */
  String digest(String key, InputStream content, long bytes) throws IOException {
    CountingInputStream counted = new CountingInputStream(content);
    String digest = Sha256.of(counted);
    length(key, counted.bytes(), bytes);
    return digest;
  }

  /** An object must be as long as the store said. */
  void length(String key, long came, long bytes) {
    if (came != bytes) {
      throw new RepositoryException(
          Kind.CORRUPT,
          "%s: %d bytes came of the %d that the store announced"
              .formatted(location.where(key), came, bytes),
          null);
    }
  }
}
