package io.drillyard.repository;

import java.nio.file.Path;
import java.util.List;

/** Who somebody is to a store; never printed, never put on a command line. */
public sealed interface Credentials {
  /** Everything in it that may appear nowhere. */
  List<String> secrets();

  /** The words for a log: who, never with what. */
  String words();

  /** An access key and its secret, for S3 and MinIO. */
  record Keys(String accessKey, String secretKey) implements Credentials {
    @Override
    public List<String> secrets() {
      return List.of(secretKey);
    }

    @Override
    public String words() {
      return "access key " + accessKey;
    }

    @Override
    public String toString() {
      return words();
    }
  }

  /**
   * Keys that somebody lent for a while, for S3 and MinIO.
   *
   * @param session token without which the keys are worth nothing
   */
  record TemporaryKeys(String accessKey, String secretKey, String session) implements Credentials {
    @Override
    public List<String> secrets() {
      return List.of(secretKey, session);
    }

    @Override
    public String words() {
      return "temporary access key " + accessKey;
    }

    @Override
    public String toString() {
      return words();
    }
  }

  /** A bearer token, for Google Cloud Storage. */
  record Token(String token) implements Credentials {
    @Override
    public List<String> secrets() {
      return List.of(token);
    }

    @Override
    public String words() {
      return "a token";
    }

    @Override
    public String toString() {
      return words();
    }
  }

  /** An account and its key, for Azure: may do everything in the account. */
  record SharedKey(String account, String key) implements Credentials {
    @Override
    public List<String> secrets() {
      return List.of(key);
    }

    @Override
    public String words() {
      return "the key of account " + account;
    }

    @Override
    public String toString() {
      return words();
    }
  }

  /**
   * A shared access signature, for Azure: may do what it was made out for.
   *
   * @param signature the query string, without question mark
   */
  record SharedAccess(String account, String signature) implements Credentials {
    @Override
    public List<String> secrets() {
      return List.of(signature);
    }

    @Override
    public String words() {
      return "a shared access signature of account " + account;
    }

    @Override
    public String toString() {
      return words();
    }
  }

  /**
   * What lies in a file: for S3 and MinIO a credentials file with a {@code default} profile, for
   * Google Cloud Storage a service account's key, for Azure a connection string.
   */
  record InFile(Path file) implements Credentials {
    @Override
    public List<String> secrets() {
      return List.of();
    }

    @Override
    public String words() {
      return "the credentials in " + file;
    }
  }

  /** Wherever the store's own client looks by itself: its environment variables, files, machine. */
  record Chain() implements Credentials {
    @Override
    public List<String> secrets() {
      return List.of();
    }

    @Override
    public String words() {
      return "the client's own credentials";
    }
  }
}
