package io.drillyard.restore.play;

import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks a sandbox's server, with the superuser and the databases that there are. */
final class SandboxClient {
  private static final int EVENT_TRIGGERS_SINCE = 17;

  private static final String DATABASES =
      "select datname from pg_database where datallowconn and datname <> 'template1' order by 1";

  private static final String SOCKET = SandboxConfiguration.SOCKET;

  private final Host host;
  private final String version;
  private final String binaries;
  private final Duration limit;
  private volatile String superuser = "postgres";
  private volatile String maintenance = "postgres";

  /**
   * On a host.
   *
   * @param version PostgreSQL's major one
   * @param binaries folder of its programs, with the slash
   * @param limit of each question
   */
  SandboxClient(Host host, String version, String binaries, Duration limit) {
    this.host = host;
    this.version = version;
    this.binaries = binaries;
    this.limit = limit;
  }

  /** Who asks. */
  String superuser() {
    return superuser;
  }

  void superuser(String name) {
    superuser = name;
  }

  /** The database that is always asked first. */
  String maintenance() {
    return maintenance;
  }

  void maintenance(String name) {
    maintenance = name;
  }

  /**
   * What a session of the checks defends itself with: a setting of a role or a database gives way
   * to one that the client brings.
   */
  private String session() {
    StringBuilder options = new StringBuilder("PGOPTIONS=");
    List<String> settings =
        new ArrayList<>(
            List.of(
                "statement_timeout=0",
                "lock_timeout=0",
                "idle_in_transaction_session_timeout=0",
                "default_transaction_read_only=off",
                "session_preload_libraries=",
                "session_replication_role=replica",
                "role=none",
                "client_min_messages=warning"));
    if (Integer.parseInt(version) >= EVENT_TRIGGERS_SINCE) {
      settings.add("event_triggers=off");
    }
    settings.forEach(s -> options.append("-c ").append(s).append(' '));
    return options.toString().strip();
  }

  /** Asks one question over the socket. */
  CommandResult sql(String database, String query) {
    return host.attempt(
        Command.of(
                "env",
                session(),
                "psql",
                "-XAtq",
                "-v",
                "ON_ERROR_STOP=1",
                "-h",
                SOCKET,
                "-U",
                superuser,
                "-d",
                database,
                "-f",
                "-")
            .as("postgres")
            .within(limit)
            .reading(query));
  }

  /** Checks heaps, B-trees and TOAST of all databases. */
  CommandResult amcheck() {
    return host.attempt(
        Command.of(
                "env",
                session(),
                binaries + "pg_amcheck",
                "-h",
                SOCKET,
                "-U",
                superuser,
                "--maintenance-db=" + maintenance,
                "--all",
                "--install-missing",
                "--heapallindexed",
                "--jobs=2")
            .as("postgres")
            .within(limit));
  }

  /** Dumps everything to nowhere; the last lines and the count of bytes come back. */
  CommandResult dump() {
    return host.attempt(
        Command.sh(
                "set -o pipefail; env %s pg_dumpall -h %s -U %s -l %s 2>/tmp/dump.err | dd bs=1M 2>/tmp/dump.size | tail -n 3; s=$?; tail -n 1 /tmp/dump.size; cat /tmp/dump.err >&2; rm -f /tmp/dump.err /tmp/dump.size; exit $s"
                    .formatted(
                        Command.quoted(session()), SOCKET, Command.quoted(superuser), maintenance))
            .as("postgres")
            .within(limit));
  }

  /** One table of one database, as statements that any client can run. */
  CommandResult dumpOf(String database, String table) {
    return host.attempt(
        Command.of(
                binaries + "pg_dump",
                "-h",
                SOCKET,
                "--inserts",
                "--rows-per-insert=100",
                "--table=" + table,
                database)
            .as("postgres")
            .within(limit));
  }

  /**
   * The rows of a question to every database that lets anybody in, each with its name.
   *
   * @throws HostException when nobody can tell which those are: then nothing was asked
   */
  List<String> everywhere(String query) {
    List<String> all = new ArrayList<>();
    CommandResult databases = sql(maintenance, DATABASES);
    if (!databases.ok()) {
      throw new HostException("which databases there are cannot be asked: " + databases.tail());
    }
    for (String database : databases.stdout().lines().toList()) {
      CommandResult said = sql(database, query);
      if (!said.ok()) {
        all.add(database + ": could not be asked: " + said.tail());
      }
      said.stdout().lines().filter(l -> !l.isBlank()).forEach(l -> all.add(database + ": " + l));
    }
    return all.stream().distinct().toList();
  }
}
