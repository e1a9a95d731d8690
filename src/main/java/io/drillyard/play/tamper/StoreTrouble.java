package io.drillyard.play.tamper;

import io.drillyard.check.backup.Rung;
import io.drillyard.repository.RepositoryException.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can happen on the way to a repository that is itself whole. Most has to be noticed by a
 * named rung, and called by its kind; some has to be overcome: the backup is proven all the same.
 * Answers are those of the S3 protocol.
 */
public enum StoreTrouble {
  /** Nobody listens. */
  REFUSED("nobody listens at the store's port", Rung.REACHABLE, Kind.UNREACHABLE),
  /** Nobody knows the store's name. */
  UNRESOLVED("the store's name does not resolve", Rung.REACHABLE, Kind.UNREACHABLE),
  /** Requests are taken and never answered. */
  STALLED(
      "the store takes requests and never answers",
      Rung.REACHABLE,
      Kind.UNREACHABLE,
      "http-request silent-drop"),
  /** Amazon's way to say: slower. */
  THROTTLED(
      "the store answers every request with 503 SlowDown",
      Rung.REACHABLE,
      Kind.THROTTLED,
      answer(503, "SlowDown", "")),
  /** Everybody else's. */
  TOO_MANY_REQUESTS(
      "the store answers every request with 429",
      Rung.REACHABLE,
      Kind.THROTTLED,
      answer(429, "TooManyRequests", "")),
  /** The store is broken. */
  INTERNAL_ERRORS(
      "the store answers every request with 500",
      Rung.REACHABLE,
      Kind.FAILED,
      answer(500, "InternalError", "")),
  /** A session is over. */
  EXPIRED(
      "the store calls the credentials expired",
      Rung.REACHABLE,
      Kind.DENIED,
      answer(403, "ExpiredToken", "")),
  /** The account is really taken away. */
  REVOKED("the account is revoked at the store", Rung.REACHABLE, Kind.DENIED),
  /** The clocks are too far from each other. */
  SKEWED(
      "the store finds the requests' time too far from its own",
      Rung.REACHABLE,
      Kind.DENIED,
      answer(403, "RequestTimeTooSkewed", "")),
  /** The requests are really signed for another region. */
  WRONG_REGION("requests are signed for another region", Rung.REACHABLE, null),
  /** Somebody deleted everything. */
  BUCKET_GONE(
      "the store knows no such bucket",
      Rung.REACHABLE,
      Kind.NOT_FOUND,
      answer(404, "NoSuchBucket", "")),
  /** Names may be listed, and what is behind some of them may not be read. */
  BACKUPS_FORBIDDEN(
      "listing is allowed, reading the backup's files is denied",
      Rung.RESTORE,
      null,
      answer(403, "AccessDenied", " if { path_sub /bundle/ }")),
  /** A store with bad luck: clients are expected to try again. */
  BURSTS(
      "every fifth request is answered with 500",
      null,
      null,
      "stick-table type ip size 1k expire 10m store http_req_cnt",
      "http-request track-sc0 src",
      answer(500, "InternalError", " if { sc_http_req_cnt(0),mod(5) eq 0 }")),
  /** A thin line. */
  SLOW(
      "every answer comes at 2 MiB/s",
      null,
      null,
      "filter bwlim-out slow default-limit 2m default-period 1s",
      "http-response set-bandwidth-limit slow");

  /** How fast answers of {@link #SLOW} come. */
  public static final long SLOW_BYTES_PER_SECOND = 2 << 20;

  /** What stands before the store's name in {@link #UNRESOLVED}. */
  public static final String UNKNOWN = "unknown.";

  /** What the requests of {@link #WRONG_REGION} are signed for. */
  public static final String OTHER_REGION = "elsewhere-1";

  private final String words;
  private final @Nullable Rung rung;
  private final @Nullable Kind kind;
  private final String rules;

  StoreTrouble(String words, @Nullable Rung rung, @Nullable Kind kind, String... rules) {
    this.words = words;
    this.rung = rung;
    this.kind = kind;
    this.rules = String.join("\n", rules);
  }

  private static String answer(int status, String code, String condition) {
    return "http-request return status %d content-type application/xml string \"<Error><Code>%s</Code><Message>%s</Message></Error>\"%s"
        .formatted(status, code, code, condition);
  }

  /** The trouble of that option, if there is one. */
  public static Optional<StoreTrouble> called(String option) {
    return Arrays.stream(values()).filter(t -> t.option().equals(option)).findFirst();
  }

  /** Its name on the command line. */
  public String option() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What happens. */
  public String words() {
    return words;
  }

  /** The rung that has to notice it; null when it has to be overcome. */
  public @Nullable Rung rung() {
    return rung;
  }

  /** How that rung's sentence has to begin; empty: any way. */
  public String beginning() {
    return kind == null ? "" : kind.name().toLowerCase(Locale.ROOT) + ":";
  }

  /** By which an HAProxy before the store misbehaves. */
  public List<String> rules() {
    return rules.lines().toList();
  }
}
