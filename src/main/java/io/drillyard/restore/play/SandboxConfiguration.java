package io.drillyard.restore.play;

import io.drillyard.check.backup.Choice;
import io.drillyard.ledger.Lsn;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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

  private SandboxConfiguration() {}

  /**
   * The settings, by name.
   *
   * @param timeline that recovery follows; null: the newest of which a history is there
   * @param data folder of the restored files
   * @param controlled what {@code pg_controldata} says of them
   */
  static Map<String, String> of(
      Choice.Target target, @Nullable Long timeline, String data, String controlled) {
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
    conf.put("session_preload_libraries", "");
    conf.put("statement_timeout", "0");
    conf.put("lock_timeout", "0");
    conf.put("idle_in_transaction_session_timeout", "0");
    conf.put("default_transaction_read_only", "off");
    // A target that the restored files still hold would stop recovery somewhere else.
    for (String kind : List.of("", "_name", "_time", "_xid", "_lsn")) {
      conf.put("recovery_target" + kind, "");
    }
    // pg_cron's jobs would change what is to be checked.
    conf.put("cron.launch_active_jobs", "off");
    conf.put("hba_file", data + "/drillyard_hba.conf");
    conf.put("ident_file", data + "/drillyard_ident.conf");
    conf.put("recovery_target_timeline", timeline == null ? "latest" : Long.toString(timeline));
    needed(conf, controlled, "max_connections setting", "max_connections");
    needed(conf, controlled, "max_worker_processes setting", "max_worker_processes");
    needed(conf, controlled, "max_wal_senders setting", "max_wal_senders");
    needed(conf, controlled, "max_prepared_xacts setting", "max_prepared_transactions");
    needed(conf, controlled, "max_locks_per_xact setting", "max_locks_per_transaction");
    switch (target) {
      case Choice.Latest latest -> {}
      case Choice.Instantly at -> {
        conf.put("recovery_target_time", TIME.format(at.time()));
        conf.put("recovery_target_action", "promote");
      }
      case Choice.BeforeBackup before -> {
        conf.put("recovery_target_lsn", Lsn.format(Lsn.parse(before.lsn())));
        conf.put("recovery_target_action", "promote");
      }
      case Choice.AtSwitch at -> {
        conf.put("recovery_target_lsn", Lsn.format(Lsn.parse(at.lsn())));
        conf.put("recovery_target_inclusive", "off");
        conf.put("recovery_target_action", "promote");
      }
    }
    return conf;
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
      Map<String, String> conf, String controlled, String line, String name) {
    controlled
        .lines()
        .filter(l -> l.startsWith(line + ":"))
        .findFirst()
        .ifPresent(l -> conf.put(name, l.substring(line.length() + 1).strip()));
  }
}
