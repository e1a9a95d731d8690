package io.drillyard.declaration;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL parameters that end the sessions of clients and probes, or refuse what they ask: what
 * was refused for such a reason shows nothing of the cluster.
 */
final class SessionParameterChecks {
  /** Each with the shortest time that ends no write and no look of a healthy cluster. */
  private static final Map<String, Duration> TIMEOUTS =
      Map.of(
          "statement_timeout", Duration.ofSeconds(10),
          "lock_timeout", Duration.ofSeconds(1),
          "transaction_timeout", Duration.ofSeconds(10),
          "idle_in_transaction_session_timeout", Duration.ofSeconds(10),
          "idle_session_timeout", Duration.ofMinutes(5),
          "authentication_timeout", Duration.ofSeconds(5));

  private static final Map<String, String> SWITCHED_ON =
      Map.of(
          "default_transaction_read_only", "every write is refused, on a primary as on a standby",
          "transaction_read_only", "every write is refused, on a primary as on a standby",
          "zero_damaged_pages", "a damaged page is read as an empty one, and its rows are gone",
          "ignore_checksum_failure", "a damaged page is read as if it were whole",
          "ignore_invalid_pages", "recovery goes on over pages that are missing");

  private static final Pattern TIME =
      Pattern.compile("([0-9]{1,15})(\\.[0-9]+)? *(us|ms|s|min|h|d)?");

  /** What Patroni, probes and the harness itself hold on a member at a time, and some to spare. */
  private static final int AROUND = 20;

  /** What the harness gives a cluster where nothing is declared. */
  private static final long USUAL_CONNECTIONS = 200;

  private final DeclarationProblems problems;

  SessionParameterChecks(DeclarationProblems problems) {
    this.problems = problems;
  }

  void parameters(YamlNode parameters, boolean synchronous) {
    TIMEOUTS.forEach((name, least) -> timeout(name, parameters.get(name), least));
    SWITCHED_ON.forEach(
        (name, reason) -> {
          if (on(parameters.get(name).raw())) {
            problems.blinding(parameters.get(name), name + " is on: " + reason, "Delete this line");
          }
        });
    YamlNode commit = parameters.get("synchronous_commit");
    String raw = commit.raw().toLowerCase(Locale.ROOT);
    if (off(raw) || (synchronous && raw.equals("local"))) {
      problems.blinding(
          commit,
          "with synchronous_commit %s a commit is acknowledged before it is %s"
              .formatted(raw, off(raw) ? "on any disk" : "on a standby"),
          "Delete this line, or accept that data loss stays UNDETERMINED");
    }
  }

  private void timeout(String name, YamlNode at, Duration least) {
    Duration value = at.present() ? time(at.raw(), name.equals("authentication_timeout")) : null;
    if (value == null || value.isZero() || value.compareTo(least) >= 0) {
      return;
    }
    problems.blinding(
        at,
        "%s of %s ends writes and looks of a healthy cluster: what it ends shows nothing"
            .formatted(name, at.raw()),
        "Delete it, or write at least %s".formatted(Durations.format(least)));
  }

  /** As PostgreSQL reads it: a bare number is milliseconds, for some seconds; null is no time. */
  private static @Nullable Duration time(String raw, boolean seconds) {
    Matcher form = TIME.matcher(raw.strip());
    if (!form.matches()) {
      return null;
    }
    String unit = form.group(3) == null ? (seconds ? "s" : "ms") : form.group(3);
    double micros =
        Double.parseDouble(form.group(1) + (form.group(2) == null ? "" : form.group(2)))
            * switch (unit) {
              case "us" -> 1;
              case "ms" -> 1e3;
              case "s" -> 1e6;
              case "min" -> 60e6;
              case "h" -> 3600e6;
              default -> 86_400e6;
            };
    return Duration.ofNanos((long) Math.min(micros * 1e3, 9e18));
  }

  /**
   * Whether a member has room for what the harness itself asks of it.
   *
   * @param load the node of the client load
   * @param sites at which clients stand
   */
  void connections(YamlNode parameters, YamlNode load, long sites) {
    YamlNode declared = parameters.get("max_connections");
    long room = number(declared, USUAL_CONNECTIONS);
    long reserved =
        number(parameters.get("superuser_reserved_connections"), 3)
            + number(parameters.get("reserved_connections"), 0);
    long asked = sites * (load.get("connections").number(8) + 1) + AROUND;
    if (room - reserved < asked) {
      problems.blinding(
          declared.present() ? declared : load.get("connections"),
          "max_connections %d, %d of them reserved, is less than the %d that clients and probes ask for: a refused connection shows nothing of the cluster"
              .formatted(room, reserved, asked),
          "Write max_connections of at least %d, or fewer connections under load"
              .formatted(asked + reserved));
    }
  }

  private static long number(YamlNode at, long otherwise) {
    return at.raw().matches("[0-9]{1,9}") ? Long.parseLong(at.raw()) : otherwise;
  }

  private static boolean on(String raw) {
    return Boolean.TRUE.equals(PostgresParameter.bool(raw));
  }

  private static boolean off(String raw) {
    return Boolean.FALSE.equals(PostgresParameter.bool(raw));
  }
}
