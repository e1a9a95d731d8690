package io.drillyard.cluster;

import io.drillyard.declaration.ClusterPlan;
import io.drillyard.host.Host;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Patroni's configuration file for one member. */
final class Patroni {
  /** Patroni's REST port. */
  static final int REST_PORT = 8008;

  /** Where the file lies on a member. */
  static final String CONFIGURATION = "/etc/patroni/drillyard.yml";

  /** What Patroni calls the way to make a data directory out of a backup. */
  static final String RESTORE_METHOD = "pgbackrest";

  private static final YAMLMapper YAML = new YAMLMapper();

  private Patroni() {}

  /**
   * What a member's configuration depends on.
   *
   * @param etcd what the file says of etcd
   * @param walDirectory where WAL lies when not in the data directory; null: there
   * @param parameters PostgreSQL parameters as this lab can give them
   * @param dynamic what the harness adds to the dynamic configuration: a slot for a standby
   *     cluster, beside those that are declared, or whom this cluster follows
   * @param fetch command by which a member that may not stream reads the archive
   * @param restore command that restores the data directory at bootstrap; null: initdb, or a copy
   *     of the cluster that is followed
   */
  record Member(
      Host host,
      ClusterPlan plan,
      Map<String, Object> etcd,
      String dataDirectory,
      String binaries,
      String archiveCommand,
      RunSecrets secrets,
      Map<String, String> parameters,
      @Nullable String walDirectory,
      Map<String, Object> dynamic,
      String fetch,
      @Nullable String restore) {}

  /** The file's text. */
  static String configuration(Member member) {
    String own = member.host().dataAddress();
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("scope", member.plan().scope());
    file.put("namespace", "/service/");
    file.put("name", member.host().name());
    file.put(
        "restapi",
        Map.of("listen", "0.0.0.0:" + REST_PORT, "connect_address", own + ":" + REST_PORT));
    file.put("etcd3", member.etcd());
    file.put("bootstrap", bootstrap(member));
    file.put("postgresql", postgresql(member, own));
    // No default of ours: a tag that is written outweighs another that is meant.
    file.put("tags", member.plan().tags().getOrDefault(member.host().name(), Map.of()));
    return YAML.writeValueAsString(file);
  }

  private static Map<String, Object> bootstrap(Member member) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("archive_mode", "on");
    parameters.put("archive_command", member.archiveCommand());
    parameters.put("max_connections", 200);
    parameters.put("wal_log_hints", "on");
    parameters.put("log_line_prefix", "%m [%p] %q%a ");
    parameters.putAll(member.parameters());
    Map<String, Object> dynamic = merged(member.dynamic(), member.plan().patroni());
    Map<String, Object> postgresql = new LinkedHashMap<>();
    postgresql.put("use_pg_rewind", true);
    postgresql.put("use_slots", true);
    if (member.plan().patroni().get("postgresql") instanceof Map<?, ?> own) {
      own.forEach((key, value) -> postgresql.put(String.valueOf(key), value));
    }
    postgresql.put("parameters", parameters);
    dynamic.put("postgresql", postgresql);
    Map<String, Object> bootstrap = new LinkedHashMap<>();
    bootstrap.put("dcs", dynamic);
    String restore = member.restore();
    if (restore == null || member.plan().standby()) {
      List<Object> initdb = new ArrayList<>(List.of(Map.of("encoding", "UTF8"), "data-checksums"));
      String wal = member.walDirectory();
      if (wal != null) {
        initdb.add(Map.of("waldir", wal));
      }
      bootstrap.put("initdb", initdb);
    } else {
      bootstrap.put("method", RESTORE_METHOD);
      bootstrap.put(
          RESTORE_METHOD,
          Map.of("command", restore, "keep_existing_recovery_conf", true, "no_params", true));
    }
    return bootstrap;
  }

  /** Both, map by map; what is declared outweighs what the harness adds under the same key. */
  private static Map<String, Object> merged(
      Map<String, Object> ours, Map<String, Object> declared) {
    Map<String, Object> all = new LinkedHashMap<>(ours);
    declared.forEach(
        (key, value) -> {
          if (all.get(key) instanceof Map<?, ?> our && value instanceof Map<?, ?> theirs) {
            all.put(key, merged(texts(our), texts(theirs)));
          } else {
            all.put(key, value);
          }
        });
    return all;
  }

  private static Map<String, Object> texts(Map<?, ?> map) {
    Map<String, Object> texts = new LinkedHashMap<>();
    map.forEach((key, value) -> texts.put(String.valueOf(key), value));
    return texts;
  }

  private static Map<String, Object> postgresql(Member member, String own) {
    Map<String, Object> postgresql = new LinkedHashMap<>();
    postgresql.put("listen", "0.0.0.0:5432");
    postgresql.put("connect_address", own + ":5432");
    postgresql.put("data_dir", member.dataDirectory());
    postgresql.put("bin_dir", member.binaries());
    postgresql.put("pgpass", "/var/lib/postgresql/patroni.pgpass");
    RunSecrets secrets = member.secrets();
    postgresql.put(
        "authentication",
        Map.of(
            "superuser",
            Map.of("username", "postgres", "password", secrets.of("superuser password")),
            "replication",
            Map.of("username", "replicator", "password", secrets.of("replication password"))));
    postgresql.put(
        "pg_hba",
        new ArrayList<>(
            List.of(
                "local all postgres peer",
                "local replication postgres peer",
                // Patroni's own, where use_unix_socket_repl has it connect so.
                "local replication replicator scram-sha-256",
                "host all all 127.0.0.1/32 scram-sha-256",
                "host all all 198.18.0.0/15 scram-sha-256",
                // Patroni reads its own member's position over loopback before it dares to rewind.
                "host replication replicator 127.0.0.1/32 scram-sha-256",
                "host replication replicator 198.18.0.0/15 scram-sha-256")));
    postgresql.put("parameters", Map.of("unix_socket_directories", "/run/postgresql"));
    if (!member.plan().streams(member.host().name())) {
      postgresql.put("recovery_conf", Map.of("restore_command", member.fetch()));
    }
    String restore = member.restore();
    if (restore != null && member.plan().standby()) {
      postgresql.put(
          RESTORE_METHOD,
          Map.of(
              "command",
              restore + " --type=standby",
              "keep_data",
              true,
              "no_params",
              true,
              "no_leader",
              true));
    }
    List<Object> basebackup = new ArrayList<>(List.of(Map.of("checkpoint", "fast")));
    String wal = member.walDirectory();
    if (wal != null) {
      basebackup.add(Map.of("waldir", wal));
    }
    postgresql.put("basebackup", basebackup);
    return postgresql;
  }
}
