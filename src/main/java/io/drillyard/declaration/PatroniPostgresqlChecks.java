package io.drillyard.declaration;

import java.util.Map;
import java.util.Set;

/**
 * What stands under {@code postgresql} in Patroni's dynamic configuration. Some of it Patroni reads
 * from each node's own file alone and drops without a word (config.py,
 * _safe_copy_dynamic_configuration); some the harness's own file outweighs; some names a site's own
 * programs, which no lab has.
 */
public final class PatroniPostgresqlChecks {
  private static final String LOCAL = "Patroni reads it from each node's own file alone";
  private static final String HARNESS =
      "the harness writes it, so that its members reach each other";
  private static final String SITE = "it names programs or files of the site, which a lab has not";

  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("listen", LOCAL),
          Map.entry("connect_address", LOCAL),
          Map.entry("proxy_address", LOCAL),
          Map.entry("data_dir", LOCAL),
          Map.entry("config_dir", LOCAL),
          Map.entry("pgpass", LOCAL),
          Map.entry("authentication", LOCAL),
          Map.entry("pg_hba", HARNESS),
          Map.entry("pg_ident", HARNESS),
          Map.entry("bin_dir", HARNESS),
          Map.entry("basebackup", HARNESS),
          Map.entry("create_replica_methods", HARNESS),
          Map.entry("create_replica_method", HARNESS),
          Map.entry("bin_name", SITE),
          Map.entry("callbacks", SITE),
          Map.entry("pre_promote", SITE),
          Map.entry("before_stop", SITE),
          Map.entry("custom_conf", SITE),
          Map.entry("config_base_name", SITE),
          Map.entry("recovery_conf", "the harness decides what is restored from where"));

  /** Taken by Patroni from the dynamic configuration, 3.0 to 4.1. */
  private static final Set<String> KNOWN =
      Set.of(
          "use_slots",
          "use_pg_rewind",
          "remove_data_directory_on_rewind_failure",
          "remove_data_directory_on_diverged_timelines",
          "use_unix_socket",
          "use_unix_socket_repl",
          "pg_ctl_timeout",
          "database");

  private final DeclarationProblems problems;

  PatroniPostgresqlChecks(DeclarationProblems problems) {
    this.problems = problems;
  }

  /** True of a key that Patroni takes from the dynamic configuration, and the lab from a file. */
  public static boolean isKnown(String key) {
    return KNOWN.contains(key);
  }

  void check(YamlNode postgresql) {
    YamlNode parameters = postgresql.get("parameters");
    if (parameters.present()) {
      problems.error(
          parameters,
          "'parameters' cannot stand under 'postgresql' here",
          "Write them beside 'patroni', under 'parameters'");
    }
    postgresql.fields().forEach(this::key);
  }

  private void key(String key, YamlNode at) {
    String refusal = REFUSED.get(key);
    if (refusal != null) {
      problems.error(
          at, "'%s' cannot stand under 'postgresql': %s".formatted(key, refusal), "Delete it here");
    } else if (!isKnown(key) && !key.equals("parameters")) {
      problems.adjusted(
          at,
          "'%s' is no key under 'postgresql' that is known here".formatted(key),
          NameSuggestion.remedy(key, KNOWN));
    }
  }
}
