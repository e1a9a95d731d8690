package io.drillyard.play.restore;

import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a sandbox's server, with the superuser and the databases that there are. */
final class SandboxClient {
  private static final int IDLE_SESSION_SINCE = 14;
  private static final int EVENT_TRIGGERS_SINCE = 17;

  /** Where pg_amcheck tells how far it is, and of its troubles. */
  private static final String AMCHECK = "/tmp/amcheck.err";

  private static final Pattern PAGES = Pattern.compile("(\\d+)/\\s*(\\d+) pages");

  private static final String DATABASES =
      "select datname from pg_database where datallowconn and datconnlimit <> -2 and datname <> 'template1' order by 1";

  private static final String SOCKET = SandboxConfiguration.SOCKET;

  private final Host host;
  private final String version;
  private final String binaries;
  private final Supplier<Duration> limit;
  private volatile String superuser = "postgres";
  private volatile String maintenance = "postgres";

  /**
   * On a host.
   *
   * @param version PostgreSQL's major one
   * @param binaries folder of its programs, with the slash
   * @param limit of a question that is asked now
   */
  SandboxClient(Host host, String version, String binaries, Supplier<Duration> limit) {
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
   *
   * @param own true of our own questions, which mean the catalogue's names; false of the user's
   */
  private String session(boolean own) {
    Map<String, String> settings = new LinkedHashMap<>(SandboxConfiguration.DEFENCE);
    settings.put("session_replication_role", "replica");
    settings.put("role", "none");
    settings.put("client_min_messages", "warning");
    int major = Integer.parseInt(version);
    if (major >= IDLE_SESSION_SINCE) {
      settings.put("idle_session_timeout", "0");
    }
    if (major >= EVENT_TRIGGERS_SINCE) {
      settings.put("transaction_timeout", "0");
      settings.put("event_triggers", "off");
    }
    if (own) {
      settings.put("search_path", "pg_catalog");
    }
    StringBuilder options = new StringBuilder("PGOPTIONS=");
    settings.forEach((k, v) -> options.append("-c ").append(k).append('=').append(v).append(' '));
    return options.toString().strip();
  }

  /** Asks a question of ours over the socket. */
  CommandResult sql(String database, String query) {
    return psql(session(true), database, query);
  }

  /** Asks a question of the user's, whose names are those of the database's own search path. */
  CommandResult ask(String database, String query) {
    return psql(session(false), database, query);
  }

  private CommandResult psql(String session, String database, String query) {
    return host.attempt(
        Command.of(
                "env",
                session,
                "psql",
                "-XAtq",
                "-v",
                "ON_ERROR_STOP=1",
                "-h",
                SOCKET,
                "-U",
                superuser,
                "-d",
                dbname(database),
                "-f",
                "-")
            .as("postgres")
            .within(limit.get())
            .reading(query));
  }

  /** A name with an equals sign would be read as a connection string. */
  private static String dbname(String database) {
    return "dbname='" + database.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /**
   * Checks heaps, B-trees and TOAST of all databases; {@link #amcheckShare} tells how far it is.
   */
  CommandResult amcheck() {
    return host.attempt(
        Command.of(
                "bash",
                "-c",
                "\"$@\" 2>%1$s; s=$?; grep -vE '^[[:space:]]*[0-9]+/[0-9]+ relations' %1$s >&2; rm -f %1$s; exit $s"
                    .formatted(AMCHECK),
                "amcheck",
                "env",
                session(true),
                binaries + "pg_amcheck",
                "-h",
                SOCKET,
                "-U",
                superuser,
                "--maintenance-db=" + maintenance,
                "--all",
                "--install-missing",
                "--heapallindexed",
                "--progress",
                "--jobs=2")
            .as("postgres")
            .within(limit.get()));
  }

  /** How far {@link #amcheck} is, from 0 to 1; negative: not known. */
  double amcheckShare() {
    String said =
        host.attempt(Command.sh("tail -c 300 %s 2>/dev/null | tr '\\r' '\\n'".formatted(AMCHECK)))
            .stdout();
    double share = -1;
    Matcher pages = PAGES.matcher(said);
    while (pages.find()) {
      double all = Double.parseDouble(pages.group(2));
      share = all == 0 ? share : Double.parseDouble(pages.group(1)) / all;
    }
    return share;
  }

  /** Dumps everything to nowhere; the last lines and the count of bytes come back. */
  CommandResult dump() {
    return host.attempt(
        Command.sh(
                "set -o pipefail; env %s pg_dumpall -h %s -U %s -l %s 2>/tmp/dump.err | dd bs=1M 2>/tmp/dump.size | tail -n 3; s=$?; tail -n 1 /tmp/dump.size; cat /tmp/dump.err >&2; rm -f /tmp/dump.err /tmp/dump.size; exit $s"
                    .formatted(
                        Command.quoted(session(true)),
                        SOCKET,
                        Command.quoted(superuser),
                        maintenance))
            .as("postgres")
            .within(limit.get()));
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
            .within(limit.get()));
  }

  /**
   * The rows of a question to every database that lets anybody in, each with its name.
   *
   * @throws HostException when nobody can tell which those are: then nothing was asked
   */
  List<String> everywhere(String query) {
    List<String> all = new ArrayList<>();
    for (String database : databases()) {
      CommandResult said = sql(database, query);
      if (!said.ok()) {
        all.add(database + ": could not be asked: " + said.tail());
      }
      said.stdout().lines().filter(l -> !l.isBlank()).forEach(l -> all.add(database + ": " + l));
    }
    return all.stream().distinct().toList();
  }

  /**
   * The databases that let anybody in, but for the template.
   *
   * @throws HostException when nobody can tell
   */
  List<String> databases() {
    CommandResult databases = sql(maintenance, DATABASES);
    if (!databases.ok()) {
      throw new HostException("which databases there are cannot be asked: " + databases.tail());
    }
    return databases.stdout().lines().filter(l -> !l.isBlank()).toList();
  }
}
