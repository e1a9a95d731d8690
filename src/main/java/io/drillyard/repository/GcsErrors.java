package io.drillyard.repository;

import com.google.cloud.storage.StorageException;
import io.drillyard.repository.RepositoryException.Kind;

/** What Google's client throws, in the words of every store. */
final class GcsErrors {
  private static final int LOWEST_STATUS = 100;

  private GcsErrors() {}

  /** The kind of a failure. */
  static Kind kind(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StorageException answer && answer.getCode() >= LOWEST_STATUS) {
        return Failures.status(answer.getCode());
      }
    }
    return Failures.conversation(
        failure, failure instanceof StorageException ? Kind.UNREACHABLE : Kind.FAILED);
  }
}
