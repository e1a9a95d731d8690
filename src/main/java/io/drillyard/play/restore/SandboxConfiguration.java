package io.drillyard.play.restore;

import io.drillyard.check.backup.RestoreChoice;
import io.drillyard.cluster.ControlFile;
import io.drillyard.ledger.Lsn;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a sandbox's server is set to, whatever the restored files say. */
final class SandboxConfiguration {
  static final String SOCKET = "/run/postgresql";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSx", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /**
   * What would hide damage, or end a check for a reason that is no damage: for the server, and for
   * every session of the checks, since a role's or a database's own settings go before the
   * server's. {@code zero_damaged_pages} and its like turn a broken page into an empty one with a
   * warning that nobody reads.
   */
  static final Map<String, String> DEFENCE = defence();

  /** More than the checks themselves need at a time. */
  private static final int CONNECTIONS_LEAST = 20;

  private static final int LOCKS_LEAST = 64;

  /** Relations that replay may add to those of the backup. */
  private static final int LOCKS_AT_LEAST = 50_000;

  private SandboxConfiguration() {}

  private static Map<String, String> defence() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("zero_damaged_pages", "off");
    settings.put("ignore_checksum_failure", "off");
    settings.put("session_preload_libraries", "");
    settings.put("local_preload_libraries", "");
    settings.put("statement_timeout", "0");
    settings.put("lock_timeout", "0");
    settings.put("idle_in_transaction_session_timeout", "0");
    settings.put("default_transaction_read_only", "off");
    settings.put("default_transaction_deferrable", "off");
    return Collections.unmodifiableMap(settings);
  }

  private static void since(
      int major, int first, Map<String, String> conf, String name, String value) {
    if (major >= first) {
      conf.put(name, value);
    }
  }

  /**
   * The settings, by name.
   *
   * @param timeline that recovery follows; null: the newest of which a history is there
   * @param data folder of the restored files
   * @param controlled their control file
   * @param major PostgreSQL's major version here
   * @param files of relations: a dump locks as many at once
   * @param preload libraries to be preloaded; empty: those of the restored configuration
   */
  static Map<String, String> of(
      RestoreChoice.Target target,
      @Nullable Long timeline,
      String data,
      ControlFile controlled,
      int major,
      long files,
      List<String> preload) {
    Map<String, String> conf = new LinkedHashMap<>();
    conf.put("archive_mode", "off");
    conf.put("archive_command", "");
    conf.put("listen_addresses", "");
    conf.put("unix_socket_directories", SOCKET);
    conf.put("port", "5432");
    conf.put("primary_conninfo", "");
    conf.put("primary_slot_name", "");
    conf.put("synchronous_standby_names", "");
    conf.put("hot_standby", "off");
    conf.put("ssl", "off");
    conf.put("shared_buffers", "64MB");
    conf.put("huge_pages", "off");
    conf.put("logging_collector", "off");
    conf.put("log_destination", "stderr");
    conf.put("log_line_prefix", "%m [%p] %e ");
    conf.put("log_timezone", "UTC");
    conf.put("timezone", "UTC");
    conf.put("lc_messages", "C");
    // Messages that tell of the recovery are of level LOG.
    conf.put("log_min_messages", "info");
    conf.put("log_checkpoints", "on");
    conf.put("recovery_min_apply_delay", "0");
    conf.put("archive_cleanup_command", "");
    conf.put("recovery_end_command", "");
    conf.put("external_pid_file", "");
    conf.put("log_error_verbosity", "default");
    conf.put("syslog_facility", "local0");
    conf.put("unix_socket_group", "");
    conf.put("unix_socket_permissions", "0777");
    conf.put("maintenance_work_mem", "64MB");
    conf.put("max_stack_depth", "2MB");
    conf.put("recovery_target_inclusive", "on");
    // Workers that change pages while they are checked.
    conf.put("autovacuum", "off");
    conf.putAll(DEFENCE);
    since(major, 14, conf, "min_dynamic_shared_memory", "0");
    since(major, 14, conf, "idle_session_timeout", "0");
    since(major, 17, conf, "transaction_timeout", "0");
    if (!preload.isEmpty()) {
      conf.put("shared_preload_libraries", String.join(",", preload));
    }
    // A target that the restored files still hold would stop recovery somewhere else.
    for (String kind : List.of("", "_name", "_time", "_xid", "_lsn")) {
      conf.put("recovery_target" + kind, "");
    }
    // pg_cron's jobs would change what is to be checked.
    conf.put("cron.launch_active_jobs", "off");
    conf.put("hba_file", data + "/drillyard_hba.conf");
    conf.put("ident_file", data + "/drillyard_ident.conf");
    conf.put("recovery_target_timeline", timeline == null ? "latest" : Long.toString(timeline));
    int connections =
        Math.max(CONNECTIONS_LEAST, controlled(controlled, "max_connections setting"));
    conf.put("max_connections", Integer.toString(connections));
    needed(conf, controlled, "max_worker_processes setting", "max_worker_processes");
    needed(conf, controlled, "max_wal_senders setting", "max_wal_senders");
    needed(conf, controlled, "max_prepared_xacts setting", "max_prepared_transactions");
    // The table of locks has room for this many times the connections (lock.c, NLOCKENTS).
    long locks = Math.max(LOCKS_LEAST, controlled(controlled, "max_locks_per_xact setting"));
    locks = Math.max(locks, 2 * (files + LOCKS_AT_LEAST) / connections);
    conf.put("max_locks_per_transaction", Long.toString(locks));
    switch (target) {
      case RestoreChoice.Latest latest -> {}
      case RestoreChoice.Instantly at -> last(conf, "recovery_target_time", TIME.format(at.time()));
      case RestoreChoice.BeforeBackup before ->
          last(conf, "recovery_target_lsn", Lsn.format(Lsn.parse(before.lsn())));
      case RestoreChoice.AtSwitch at -> {
        last(conf, "recovery_target_lsn", Lsn.format(Lsn.parse(at.lsn())));
        conf.put("recovery_target_inclusive", "off");
      }
    }
    return conf;
  }

  /**
   * A target stands behind the empty ones. Up to 17 PostgreSQL takes settings one after the other,
   * and an empty target behind another as a second one: "multiple recovery targets specified".
   */
  private static void last(Map<String, String> conf, String name, String value) {
    conf.remove(name);
    conf.put(name, value);
    conf.put("recovery_target_action", "promote");
  }

  /** As lines of a configuration file. */
  static String lines(Map<String, String> settings) {
    StringBuilder text =
        new StringBuilder("\n# Drillyard's sandbox: the last line of a name wins.\n");
    settings.forEach(
        (name, value) ->
            text.append(name).append(" = '").append(value.replace("'", "''")).append("'\n"));
    return text.toString();
  }

  /** Recovery needs as many slots of each kind as the source had. */
  private static void needed(
      Map<String, String> conf, ControlFile controlled, String line, String name) {
    int there = controlled(controlled, line);
    if (there >= 0) {
      conf.put(name, Integer.toString(there));
    }
  }

  private static int controlled(ControlFile controlled, String line) {
    String value = controlled.find(line);
    return value == null ? -1 : Integer.parseInt(value);
  }
}
