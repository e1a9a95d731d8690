package io.drillyard.repository;

import io.drillyard.repository.RepositoryException.Kind;
import java.io.IOException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What the AWS SDK throws, in the words of every store. */
final class S3Errors {
  private static final int DENIED = 403;
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;
  private static final Set<Integer> THROTTLED = Set.of(429, 503);

  private S3Errors() {}

  /** The kind of a failure. */
  static Kind kind(Exception failure) {
    if (failure instanceof AwsServiceException answer) {
      int status = answer.statusCode();
      if (status == NOT_FOUND) {
        return Kind.NOT_FOUND;
      }
      if (status == DENIED || status == UNAUTHORIZED) {
        return Kind.DENIED;
      }
      return THROTTLED.contains(status) ? Kind.THROTTLED : Kind.FAILED;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String said = String.valueOf(cause.getMessage());
      if (said.contains("checksum") || said.contains("Premature") || said.contains("unmarshall")) {
        return Kind.CORRUPT;
      }
      if (cause instanceof IOException) {
        return Kind.UNREACHABLE;
      }
    }
    return failure instanceof SdkClientException ? Kind.UNREACHABLE : Kind.FAILED;
  }
}
