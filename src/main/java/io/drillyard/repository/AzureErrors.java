package io.drillyard.repository;

import com.azure.core.exception.HttpResponseException;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobStorageException;
import io.drillyard.repository.RepositoryException.Kind;

/** What Azure's client throws, in the words of every store. */
final class AzureErrors {
  private AzureErrors() {}

  /** What it says, without the advice that Azure's client puts before it. */
  static String words(Exception failure) {
    return failure instanceof BlobStorageException answer
        ? "status %d, %s".formatted(answer.getStatusCode(), answer.getErrorCode())
        : String.valueOf(failure.getMessage());
  }

  /** The kind of a failure. */
  static Kind kind(Exception failure) {
    // 409 has other reasons as well, such as a policy that forbids it.
    if (failure instanceof BlobStorageException answer
        && BlobErrorCode.BLOB_ALREADY_EXISTS.equals(answer.getErrorCode())) {
      return Kind.EXISTS;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpResponseException answer && answer.getResponse() != null) {
        return StoreFailures.status(answer.getResponse().getStatusCode());
      }
    }
    return StoreFailures.conversation(failure, Kind.FAILED);
  }
}
