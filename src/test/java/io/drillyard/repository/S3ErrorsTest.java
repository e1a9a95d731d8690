package io.drillyard.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.repository.RepositoryException.Kind;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A store's failures are told apart: what is not there, what is not allowed, what did not answer.
 */
class S3ErrorsTest {
  @ParameterizedTest
  @CsvSource({
    "404, NOT_FOUND",
    "403, DENIED",
    "401, DENIED",
    "503, THROTTLED",
    "429, THROTTLED",
    "500, FAILED"
  })
  void anAnswerIsNamedByItsStatus(int status, Kind kind) {
    assertThat(S3Errors.kind((Exception) S3Exception.builder().statusCode(status).build()))
        .isEqualTo(kind);
  }

  @Test
  void silenceIsUnreachableAndNeverDenied() {
    Exception refused =
        SdkClientException.builder()
            .message("Unable to execute HTTP request")
            .cause(new ConnectException("Connection refused"))
            .build();
    assertThat(S3Errors.kind(refused)).isEqualTo(Kind.UNREACHABLE);
  }

  @Test
  void wrongBytesAreCorrupt() {
    Exception wrong =
        SdkClientException.builder().message("Data read has a different checksum").build();
    assertThat(S3Errors.kind(wrong)).isEqualTo(Kind.CORRUPT);
  }
}
