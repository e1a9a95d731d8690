package io.drillyard.target;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * PostgreSQL parameters and pgBackRest options that cannot be passed through, because Patroni or
 * the harness itself sets them, each with the reason.
 */
final class PassthroughChecks {
  private static final String PATRONI = "Patroni sets it on every start";
  private static final String HARNESS = "the harness sets it to build the lab";

  private static final Map<String, String> REFUSED_PARAMETERS =
      Map.ofEntries(
          Map.entry("listen_addresses", PATRONI),
          Map.entry("port", PATRONI),
          Map.entry("cluster_name", PATRONI),
          Map.entry("hot_standby", PATRONI),
          Map.entry("primary_conninfo", PATRONI),
          Map.entry("primary_slot_name", PATRONI),
          Map.entry("synchronous_standby_names", "Patroni sets it from synchronous_mode"),
          Map.entry("archive_mode", HARNESS),
          Map.entry("archive_command", HARNESS),
          Map.entry("archive_library", HARNESS),
          Map.entry("restore_command", HARNESS),
          Map.entry("data_directory", HARNESS),
          Map.entry("config_file", HARNESS),
          Map.entry("hba_file", HARNESS),
          Map.entry("ident_file", HARNESS),
          Map.entry("unix_socket_directories", HARNESS));

  private static final Pattern PARAMETER = Pattern.compile("[a-z_][a-z0-9_]*(\\.[a-z0-9_]+)?");

  private static final Set<String> OWNED_OPTIONS =
      Set.of("log-path", "lock-path", "spool-path", "stanza", "config", "config-path", "repo");

  private static final Pattern OWNED_PATTERN =
      Pattern.compile("(repo[0-9]*|pg[0-9]*|tls-server|config-include|job|exec)-.*");

  /** Options of a repository that change how much is written, not where. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "repo1-(bundle|bundle-size|bundle-limit|block|retention-(diff|archive|archive-type|history)"
              + "|storage-upload-chunk-size)");

  /** What pgBackRest looks at by itself while it archives and backs up. */
  private static final Set<String> LOOKS =
      Set.of(
          "archive-check",
          "archive-header-check",
          "archive-mode-check",
          "checksum-page",
          "page-header-check");

  private final Problems problems;

  PassthroughChecks(Problems problems) {
    this.problems = problems;
  }

  void parameters(YamlNode parameters, boolean synchronous) {
    parameters.fields().forEach(this::parameter);
    atLeast(parameters.get("max_wal_senders"), 3);
    atLeast(parameters.get("max_replication_slots"), 4);
    new SessionChecks(problems).parameters(parameters, synchronous);
    YamlNode timeout = parameters.get("statement_timeout");
    if (synchronous && timeout.present() && !timeout.raw().matches("0[a-z]*")) {
      problems.blinding(
          timeout,
          "with synchronous replication a statement_timeout cancels the wait, and COMMIT succeeds",
          "Delete it: time out in the client instead");
    }
  }

  private void parameter(String name, YamlNode at) {
    String reason = REFUSED_PARAMETERS.get(name);
    if (reason != null) {
      problems.error(
          at, "parameter '" + name + "' cannot be declared: " + reason, "Delete this line");
    } else if (!PARAMETER.matcher(name).matches()) {
      problems.error(
          at,
          "'" + name + "' is not a parameter's name",
          "Write it in lower case with underscores");
    } else if (name.equals("wal_level") && !Set.of("replica", "logical").contains(at.raw())) {
      problems.adjusted(
          at,
          "wal_level '" + at.raw() + "' does not stand: Patroni keeps at least replica",
          "Write replica or logical, or delete this line");
    } else if (name.equals("wal_log_hints") && Set.of("off", "false").contains(at.raw())) {
      problems.adjusted(
          at, "wal_log_hints cannot be off: Patroni keeps it on for pg_rewind", "Delete this line");
    } else if (Set.of("fsync", "full_page_writes").contains(name) && SessionChecks.off(at.raw())) {
      problems.blinding(
          at,
          "with " + name + " off no statement about data loss is possible",
          "Delete this line, or accept that data loss stays UNDETERMINED");
    }
  }

  private void atLeast(YamlNode at, long least) {
    if (at.value() instanceof Long n && n < least) {
      problems.adjusted(
          at, "below Patroni's minimum of " + least, "Write at least " + least + " or delete it");
    }
  }

  void pgbackrest(YamlNode options) {
    options.fields().forEach(this::option);
  }

  private void option(String name, YamlNode at) {
    if (HARMLESS.matcher(name).matches()) {
      return;
    }
    if (OWNED_OPTIONS.contains(name) || OWNED_PATTERN.matcher(name).matches()) {
      String reason =
          name.startsWith("repo")
              ? "it comes from the file that repo_state_ref names"
              : "the harness sets it to build the lab";
      problems.error(
          at,
          "pgBackRest option '" + name + "' cannot be declared: " + reason,
          name.startsWith("repo")
              ? "Delete this line; change bucket, endpoint, path or retention in that file"
              : "Delete this line");
    } else if (!name.matches("[a-z][a-z0-9-]*")) {
      problems.error(
          at, "'" + name + "' is not an option's name", "Write it in lower case with dashes");
    } else if (name.equals("archive-push-queue-max")) {
      problems.blinding(
          at,
          "archive-push-queue-max drops WAL and reports success",
          "Delete it unless the drill is about exactly that");
    } else if (LOOKS.contains(name) && at.raw().equals("n")) {
      problems.blinding(
          at,
          name + " n: pgBackRest no longer looks, and a backup that is of no use is called good",
          "Delete this line");
    }
  }
}
