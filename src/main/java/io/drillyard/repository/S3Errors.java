package io.drillyard.repository;

import io.drillyard.repository.RepositoryException.Kind;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What the AWS SDK throws, in the words of every store. */
final class S3Errors {
  private S3Errors() {}

  /** The kind of a failure. */
  static Kind kind(Exception failure) {
    if (failure instanceof AwsServiceException answer) {
      return StoreFailures.status(answer.statusCode());
    }
    String said = String.valueOf(failure.getMessage());
    if (said.contains("Unable to load credentials")) {
      return Kind.DENIED;
    }
    return StoreFailures.conversation(
        failure, failure instanceof SdkClientException ? Kind.UNREACHABLE : Kind.FAILED);
  }
}
