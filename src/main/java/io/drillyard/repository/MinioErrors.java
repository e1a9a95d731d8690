package io.drillyard.repository;

import io.drillyard.repository.RepositoryException.Kind;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.InsufficientDataException;
import io.minio.errors.InvalidResponseException;
import io.minio.errors.ServerException;
import io.minio.errors.XmlParserException;

/** What MinIO's client throws, in the words of every store. */
final class MinioErrors {
  private MinioErrors() {}

  /** The kind of a failure. */
  static Kind kind(Exception failure) {
    // A listing throws inside an iterator, which can only throw it wrapped.
    Throwable told =
        failure instanceof RuntimeException && failure.getCause() instanceof Exception cause
            ? cause
            : failure;
    if (told instanceof ErrorResponseException answer) {
      return StoreFailures.status(answer.response().code());
    }
    if (told instanceof ServerException answer) {
      return StoreFailures.status(answer.statusCode());
    }
    if (told instanceof InvalidResponseException
        || told instanceof InsufficientDataException
        || told instanceof XmlParserException) {
      return Kind.CORRUPT;
    }
    if (told.getClass().getSimpleName().equals("ProviderException")) {
      return Kind.DENIED;
    }
    return StoreFailures.conversation(told, Kind.FAILED);
  }
}
