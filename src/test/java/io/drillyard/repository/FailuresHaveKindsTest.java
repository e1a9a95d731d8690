package io.drillyard.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.storage.blob.models.BlobStorageException;
import com.google.api.client.http.HttpResponseException;
import com.google.cloud.storage.StorageException;
import io.drillyard.repository.RepositoryException.Kind;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import io.minio.errors.XmlParserException;
import io.minio.messages.ErrorResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Every client's failures are told apart in the same words: what is not there, what is not allowed,
 * what did not answer, and what cannot be right.
 */
class FailuresHaveKindsTest {
  @ParameterizedTest
  @CsvSource({
    "404, NOT_FOUND",
    "403, DENIED",
    "401, DENIED",
    "503, THROTTLED",
    "429, THROTTLED",
    "500, FAILED",
    "409, FAILED"
  })
  void anAnswerIsNamedByItsStatus(int status, Kind kind) {
    assertThat(S3Errors.kind((Exception) S3Exception.builder().statusCode(status).build()))
        .isEqualTo(kind);
    assertThat(MinioErrors.kind(minio(status))).isEqualTo(kind);
    assertThat(MinioErrors.kind(new ServerException("server", status, "trace"))).isEqualTo(kind);
    // Inside its listing the client can only throw what is unchecked.
    assertThat(MinioErrors.kind(new IllegalStateException(minio(status)))).isEqualTo(kind);
    assertThat(GcsErrors.kind(new StorageException(status, "said"))).isEqualTo(kind);
    assertThat(GcsErrors.kind(new IOException(new StorageException(status, "said"))))
        .isEqualTo(kind);
    assertThat(AzureErrors.kind(new BlobStorageException("said", new Answer(status), null)))
        .isEqualTo(kind);
  }

  @Test
  void silenceIsUnreachableAndNeverDenied() {
    for (IOException silence :
        new IOException[] {
          new ConnectException("Connection refused"),
          new SSLHandshakeException("unable to find valid certification path")
        }) {
      Exception aws =
          SdkClientException.builder()
              .message("Unable to execute HTTP request")
              .cause(silence)
              .build();
      assertThat(S3Errors.kind(aws)).isEqualTo(Kind.UNREACHABLE);
      assertThat(MinioErrors.kind(new MinioException(silence))).isEqualTo(Kind.UNREACHABLE);
      assertThat(GcsErrors.kind(new StorageException(silence))).isEqualTo(Kind.UNREACHABLE);
      assertThat(AzureErrors.kind(new UncheckedIOException(silence))).isEqualTo(Kind.UNREACHABLE);
    }
    assertThat(MinioErrors.kind(new IllegalStateException(new CertificateException("no path"))))
        .isEqualTo(Kind.UNREACHABLE);
    assertThat(AzureErrors.kind(new IllegalStateException(new TimeoutException("20 s"))))
        .isEqualTo(Kind.UNREACHABLE);
  }

  @Test
  void wrongBytesAreCorrupt() {
    Exception checksum =
        SdkClientException.builder().message("Data read has a different checksum").build();
    assertThat(S3Errors.kind(checksum)).isEqualTo(Kind.CORRUPT);
    assertThat(MinioErrors.kind(new XmlParserException(new IOException("no protocol"))))
        .isEqualTo(Kind.CORRUPT);
    assertThat(MinioErrors.kind(new EOFException("unexpected end of stream")))
        .isEqualTo(Kind.CORRUPT);
    assertThat(AzureErrors.kind(new UncheckedIOException(new EOFException("Premature EOF"))))
        .isEqualTo(Kind.CORRUPT);
  }

  @Test
  void whatNobodyKnowsHasFailed() {
    Exception unknown = new IllegalStateException("who knows");
    assertThat(S3Errors.kind(unknown)).isEqualTo(Kind.FAILED);
    assertThat(MinioErrors.kind(unknown)).isEqualTo(Kind.FAILED);
    assertThat(GcsErrors.kind(unknown)).isEqualTo(Kind.FAILED);
    assertThat(AzureErrors.kind(unknown)).isEqualTo(Kind.FAILED);
  }

  /** As Google's client throws it, with a status of nothing. */
  private static StorageException tokenRefused(int status) {
    HttpResponseException office =
        new HttpResponseException.Builder(
                status, "said", new com.google.api.client.http.HttpHeaders())
            .build();
    return new StorageException(new IOException("Error getting access token", office));
  }

  @Test
  void aKeyThatNoTokenIsGivenForIsDenied() {
    for (int refusal : new int[] {400, 401, 403}) {
      assertThat(GcsErrors.kind(tokenRefused(refusal))).isEqualTo(Kind.DENIED);
    }
    assertThat(GcsErrors.kind(tokenRefused(503))).isEqualTo(Kind.THROTTLED);
    assertThat(GcsErrors.kind(tokenRefused(500))).isEqualTo(Kind.FAILED);
  }

  @Test
  void missingCredentialsAreDeniedNotUnreachable() {
    Exception none =
        SdkClientException.create("Unable to load credentials from any of the providers");
    assertThat(S3Errors.kind(none)).isEqualTo(Kind.DENIED);
  }

  private static ErrorResponseException minio(int status) {
    Request request = new Request.Builder().url("https://minio.drillyard.test/").build();
    Response response =
        new Response.Builder()
            .request(request)
            .protocol(Protocol.HTTP_1_1)
            .code(status)
            .message("said")
            .build();
    return new ErrorResponseException(
        new ErrorResponse("Code", "said", "bucket", "key", "resource", "request", "host"),
        response,
        "trace");
  }

  /** An answer of Azure's with nothing in it but its status. */
  private static final class Answer extends HttpResponse {
    private final int status;

    Answer(int status) {
      super(new HttpRequest(HttpMethod.GET, "https://azure.drillyard.test/"));
      this.status = status;
    }

    @Override
    public int getStatusCode() {
      return status;
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester")
    public @Nullable String getHeaderValue(String name) {
      return null;
    }

    @Override
    public @Nullable String getHeaderValue(HttpHeaderName name) {
      return null;
    }

    @Override
    public HttpHeaders getHeaders() {
      return new HttpHeaders();
    }

    @Override
    public Flux<ByteBuffer> getBody() {
      return Flux.empty();
    }

    @Override
    public Mono<byte[]> getBodyAsByteArray() {
      return Mono.just(new byte[0]);
    }

    @Override
    public Mono<String> getBodyAsString() {
      return Mono.just("");
    }

    @Override
    public Mono<String> getBodyAsString(Charset charset) {
      return Mono.just(new String(new byte[0], StandardCharsets.UTF_8));
    }
  }
}
