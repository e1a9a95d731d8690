package io.drillyard.repository;

import com.google.api.client.http.HttpResponseException;
import com.google.cloud.storage.StorageException;
import io.drillyard.repository.RepositoryException.Kind;

/** What Google's client throws, in the words of every store. */
final class GcsErrors {
  private static final int LOWEST_STATUS = 100;
  private static final int INVALID_GRANT = 400;

  private GcsErrors() {}

  /** The kind of a failure. */
  static Kind kind(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StorageException answer && answer.getCode() >= LOWEST_STATUS) {
        return StoreFailures.status(answer.getCode());
      }
      if (cause instanceof HttpResponseException office) {
        return token(office.getStatusCode());
      }
    }
    return StoreFailures.conversation(
        failure, failure instanceof StorageException ? Kind.UNREACHABLE : Kind.FAILED);
  }

  /** Who changes a key for a token refuses a wrong key as a wrong request. */
  private static Kind token(int status) {
    return status == INVALID_GRANT ? Kind.DENIED : StoreFailures.status(status);
  }
}
