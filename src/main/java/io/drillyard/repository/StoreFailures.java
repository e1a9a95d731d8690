package io.drillyard.repository;

import io.drillyard.repository.RepositoryException.Kind;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;

/** What all clients share: statuses of HTTP, and what becomes of a conversation. */
final class StoreFailures {
  private StoreFailures() {}

  /** The kind of an answer. */
  static Kind status(int status) {
    return switch (status) {
      case 404 -> Kind.NOT_FOUND;
      case 401, 403 -> Kind.DENIED;
      case 412 -> Kind.EXISTS;
      case 429, 503 -> Kind.THROTTLED;
      default -> Kind.FAILED;
    };
  }

  /**
   * The kind of a conversation that came to no answer.
   *
   * @param otherwise when nothing of the network is among the causes
   */
  static Kind conversation(Throwable failure, Kind otherwise) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String said = String.valueOf(cause.getMessage());
      if (said.contains("checksum")
          || said.contains("Premature")
          || said.contains("unexpected end of stream")
          || said.contains("unmarshall")) {
        return Kind.CORRUPT;
      }
      // MinIO's client drops the handshake's exception and keeps what the certificate was told.
      if (cause instanceof IOException
          || cause instanceof TimeoutException
          || cause instanceof CertificateException) {
        return Kind.UNREACHABLE;
      }
    }
    return otherwise;
  }
}
