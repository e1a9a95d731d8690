package io.drillyard.declaration;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL parameters as people paste them: those that Patroni or the harness sets are refused,
 * each with the reason; what this PostgreSQL does not know or would not take is told before
 * anything is built, and so is what the lab has to reduce or to make.
 */
public final class ParameterChecks {
  private static final String PATRONI = "Patroni sets it on every start";
  private static final String HARNESS = "the harness sets it to build the lab";

  private static final Map<String, String> REFUSED_PARAMETERS =
      Map.ofEntries(
          Map.entry("listen_addresses", HARNESS),
          Map.entry("port", HARNESS),
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

  private static final Pattern PARAMETER =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*(\\.[A-Za-z_][A-Za-z0-9_$]*)*");

  /** Parameters of recovery: Patroni takes them out of the configuration (validator.py). */
  private static final Set<String> OF_RECOVERY =
      Set.of(
          "archive_cleanup_command",
          "recovery_end_command",
          "recovery_target",
          "recovery_target_action",
          "recovery_target_inclusive",
          "recovery_target_lsn",
          "recovery_target_name",
          "recovery_target_time",
          "recovery_target_timeline",
          "recovery_target_xid",
          "recovery_min_apply_delay",
          "promote_trigger_file");

  /** Names that a version dropped, and what took their place. */
  private static final Map<String, String> NOW =
      Map.of(
          "wal_keep_segments", "Write wal_keep_size (since PostgreSQL 13): 16 MB for each segment",
          "checkpoint_segments", "Write max_wal_size (since PostgreSQL 9.5)",
          "force_parallel_mode", "Write debug_parallel_query (since PostgreSQL 16)");

  /** What Patroni keeps at the least, or gives its own value in place of (CMDLINE_OPTIONS). */
  private static final Map<String, Integer> PATRONI_LEAST =
      Map.of(
          "max_connections", 25,
          "max_wal_senders", 3,
          "max_replication_slots", 4,
          "max_locks_per_transaction", 32,
          "max_worker_processes", 2);

  private final DeclarationProblems problems;
  private final PostgresParameters known;
  private final LabCapacity capacity;

  ParameterChecks(DeclarationProblems problems, PostgresParameters known, LabCapacity capacity) {
    this.problems = problems;
    this.known = known;
    this.capacity = capacity;
  }

  /** Why nobody can declare a parameter, in whatever case it is written; null: anybody can. */
  public static @Nullable String decidedElsewhere(String name) {
    return REFUSED_PARAMETERS.get(name.toLowerCase(Locale.ROOT));
  }

  void parameters(YamlNode declared, boolean synchronous) {
    declared.fields().forEach(this::parameter);
    YamlNode parameters = lowered(declared);
    new SessionParameterChecks(problems).parameters(parameters, synchronous);
    YamlNode timeout = parameters.get("statement_timeout");
    if (synchronous && timeout.present() && !timeout.raw().matches("0[a-z]*")) {
      problems.blinding(
          timeout,
          "with synchronous replication a statement_timeout cancels the wait, and COMMIT succeeds",
          "Delete it: time out in the client instead");
    }
  }

  /** The same with all names in lower case, as PostgreSQL and Patroni take them in any. */
  private YamlNode lowered(YamlNode declared) {
    Map<String, YamlNode> fields = new LinkedHashMap<>();
    declared
        .fields()
        .forEach(
            (name, at) -> {
              YamlNode first = fields.putIfAbsent(name.toLowerCase(Locale.ROOT), at);
              if (first != null) {
                problems.error(
                    at,
                    "'%s' is declared a second time, the first at line %d"
                        .formatted(name, first.line()),
                    "Delete one of them");
              }
            });
    return new YamlNode(
        declared.file(),
        declared.line(),
        declared.column(),
        declared.kind(),
        declared.raw(),
        declared.value(),
        fields,
        declared.items());
  }

  private void parameter(String name, YamlNode at) {
    String lower = name.toLowerCase(Locale.ROOT);
    String reason = decidedElsewhere(name);
    if (reason != null) {
      problems.error(
          at, "parameter '" + name + "' cannot be declared: " + reason, "Delete this line");
    } else if (!PARAMETER.matcher(name).matches()) {
      problems.error(
          at,
          "'" + name + "' is not a parameter's name",
          "Write letters, digits and underscores, with a dot after an extension's name");
    } else if (OF_RECOVERY.contains(lower)) {
      problems.adjusted(
          at, "Patroni leaves '" + name + "' out: it is a setting of recovery", "Delete this line");
    } else if (name.contains(".")) {
      return;
    } else {
      PostgresParameter parameter = known.find(name);
      if (parameter == null) {
        unknown(name, at);
      } else {
        value(parameter, at);
      }
    }
  }

  private void unknown(String name, YamlNode at) {
    String now = NOW.get(name.toLowerCase(Locale.ROOT));
    String what =
        "PostgreSQL %d has no parameter '%s': Patroni leaves it out"
            .formatted(known.version(), name);
    String nearest =
        NameSuggestion.nearest(name, known.names())
            .map(k -> "Did you mean '" + k + "'? Otherwise delete this line")
            .orElse("Delete this line");
    problems.adjusted(at, what, now == null ? nearest : now);
  }

  private void value(PostgresParameter parameter, YamlNode at) {
    String name = parameter.name();
    String refusal = parameter.refusal(at.raw());
    String end = parameter.clamped(at.raw());
    if (name.equals("wal_level")
        && !Set.of("replica", "logical").contains(at.raw().strip().toLowerCase(Locale.ROOT))) {
      problems.adjusted(
          at,
          "wal_level '" + at.raw() + "' does not stand: Patroni keeps at least replica",
          "Write replica or logical, or delete this line");
    } else if (parameter.internal()) {
      problems.error(at, "'" + name + "' can only be read", "Delete this line");
    } else if (refusal != null) {
      problems.error(
          at, "PostgreSQL takes no such %s: %s".formatted(name, refusal), "Write another value");
    } else if (end != null) {
      problems.adjusted(
          at,
          "%s %s is out of range: Patroni makes it %s".formatted(name, at.raw(), end),
          "Write a value within the range");
    } else {
      taken(parameter, at);
    }
  }

  private void taken(PostgresParameter parameter, YamlNode at) {
    String name = parameter.name();
    capacity
        .reduce(name, at.raw())
        .ifPresent(
            reduced ->
                problems.adjusted(
                    at,
                    "%s of %s is reduced to %s: %s"
                        .formatted(name, at.raw(), reduced.value(), reduced.reason()),
                    "Nothing has to be done; the drill says nothing of memory and volume sizes"));
    Integer least = PATRONI_LEAST.get(name);
    if (least != null && at.value() instanceof Long n && n < least) {
      problems.adjusted(
          at, "below Patroni's minimum of " + least, "Write at least " + least + " or delete it");
    }
    boolean off = Boolean.FALSE.equals(PostgresParameter.bool(at.raw()));
    if (name.equals("wal_log_hints") && off) {
      problems.adjusted(
          at, "wal_log_hints cannot be off: Patroni keeps it on for pg_rewind", "Delete this line");
    } else if (Set.of("fsync", "full_page_writes").contains(name) && off) {
      problems.blinding(
          at,
          "with " + name + " off no statement about data loss is possible",
          "Delete this line, or accept that data loss stays UNDETERMINED");
    } else if (PostgresParameters.listsLibraries(name)) {
      libraries(at);
    }
  }

  private void libraries(YamlNode at) {
    for (String library : PostgresParameters.libraries(at.raw())) {
      if (!known.hasLibrary(library)) {
        problems.error(
            at,
            "library '%s' is not in the lab's image: a server that is to load it does not start"
                .formatted(library),
            "Take it out of this line; what it does is not drilled");
      }
    }
  }
}
