package io.drillyard.fault.act;

import io.drillyard.fault.RepositoryFault.StoreClient;
import io.drillyard.fault.StoreTrouble;
import java.util.List;
import java.util.Map;

/** By which rules an HAProxy before a store misbehaves, and what a request gets then. */
final class StoreTroubleAnswers {
  /** What stands before the store's name in {@link StoreTrouble#UNRESOLVED}. */
  static final String UNKNOWN = "unknown.";

  /** What the requests of {@link StoreTrouble#WRONG_REGION} are signed for. */
  static final String OTHER_REGION = "elsewhere-1";

  private static final Map<StoreTrouble, Answer> ANSWERS =
      Map.of(
          StoreTrouble.THROTTLED, new Answer(503, "SlowDown"),
          StoreTrouble.TOO_MANY_REQUESTS, new Answer(429, "TooManyRequests"),
          StoreTrouble.INTERNAL_ERRORS, new Answer(500, "InternalError"),
          StoreTrouble.EXPIRED, new Answer(403, "ExpiredToken"),
          StoreTrouble.SKEWED, new Answer(403, "RequestTimeTooSkewed"),
          StoreTrouble.BUCKET_GONE, new Answer(404, "NoSuchBucket"),
          StoreTrouble.BACKUPS_FORBIDDEN, new Answer(403, "AccessDenied"),
          StoreTrouble.WRITING_DENIED, new Answer(403, "AccessDenied"),
          StoreTrouble.BURSTS, new Answer(500, "InternalError"));

  private StoreTroubleAnswers() {}

  private record Answer(int status, String code) {
    String body() {
      return "<Error><Code>%1$s</Code><Message>%1$s</Message></Error>".formatted(code);
    }

    String rule(String condition) {
      return "http-request return status %d content-type application/xml string \"%s\"%s"
          .formatted(status, body(), condition);
    }
  }

  /** What a request is answered with; empty: this trouble answers nothing of its own. */
  static String body(StoreTrouble trouble) {
    Answer answer = ANSWERS.get(trouble);
    return answer == null ? "" : answer.body();
  }

  /** Lines of HAProxy's frontend; none: it hands everything on, or does not listen. */
  static List<String> rules(StoreClient client, StoreTrouble trouble) {
    Answer answer = ANSWERS.get(trouble);
    return switch (trouble) {
      case REFUSED, UNRESOLVED, REVOKED, WRONG_REGION -> List.of();
      case STALLED -> List.of("http-request silent-drop");
      case BACKUPS_FORBIDDEN -> List.of(rule(answer, " if { path_sub /bundle/ }"));
      case WRITING_DENIED -> List.of(rule(answer, " if { method PUT POST }"));
      case BURSTS ->
          List.of(
              "stick-table type ip size 1k expire 10m store http_req_cnt",
              "http-request track-sc0 src",
              rule(answer, " if { sc_http_req_cnt(0),mod(5) eq 0 }"));
      case SLOW ->
          client == StoreClient.READER
              ? List.of(
                  "filter bwlim-out slow default-limit 2m default-period 1s",
                  "http-response set-bandwidth-limit slow")
              : List.of(
                  "filter bwlim-in slow default-limit 100k default-period 1s",
                  "http-request set-bandwidth-limit slow");
      case THROTTLED, TOO_MANY_REQUESTS, INTERNAL_ERRORS, EXPIRED, SKEWED, BUCKET_GONE ->
          List.of(rule(answer, ""));
    };
  }

  private static String rule(@org.jspecify.annotations.Nullable Answer answer, String condition) {
    if (answer == null) {
      throw new IllegalStateException("a trouble without its answer");
    }
    return answer.rule(condition);
  }
}
