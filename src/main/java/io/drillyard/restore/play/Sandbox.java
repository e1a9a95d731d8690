package io.drillyard.restore.play;

import io.drillyard.backup.RecoveryLog;
import io.drillyard.check.backup.Choice;
import io.drillyard.cluster.Await;
import io.drillyard.cluster.PgBackRest;
import io.drillyard.cluster.PgBackRestRepository;
import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.ledger.Lsn;
import io.drillyard.target.RestorePolicy;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A database server that exists for one restore test: no network, no archiving, own folder.
 *
 * <p>What the source's configuration says of networks, archiving and memory is overridden; what
 * decides whether its data can be read is kept.
 */
public final class Sandbox {
  private static final String SOCKET = "/run/postgresql";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSx", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration LOCALES_LIMIT = Duration.ofSeconds(60);

  /** So often a server is started again after something was made that it lacked. */
  private static final int AGAIN_MOST = 8;

  private static final int EVENT_TRIGGERS_SINCE = 17;

  /** Replay of CREATE TABLESPACE wants its folder. */
  private static final Pattern NO_FOLDER =
      Pattern.compile("directory \"(/[^\"]+)\" does not exist");

  /** A server that gave up over its configuration, before it looked at its data. */
  private static final Pattern UNFIT =
      Pattern.compile(
          "configuration file \"[^\"]*\" contains errors|could not (?:load|access) .*(?:certificate|key|CRL)|invalid value for parameter|could not (?:map|create) .*shared memory|group \"[^\"]*\" does not exist|could not (?:create|bind)");

  /** Of a restored configuration: what decides how the data are read. */
  private static final Pattern MATTERS =
      Pattern.compile(
          "^(?:shared_preload_libraries|wal_level|default_table_access_method|max_\\w+|[a-z_]+\\.[a-z_.]+)\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern ROLE = Pattern.compile("rolname = \"([^\"]+)\"");

  /** Names of locales in the configuration and in the shared catalogues; made where they lack. */
  private static final String LOCALES =
      """
      have=$(locale -a | tr A-Z a-z | tr -d -)
      for name in $( (cat "$1"/*.conf; cat "$1"/global/[0-9]*) 2>/dev/null | grep -aohE '[a-z]{2,3}_[A-Z]{2}(\\.[A-Za-z0-9-]+)?(@[a-z]+)?' | sort -u | head -n 40); do
        plain=$(echo "$name" | tr A-Z a-z | tr -d -)
        echo "$have" | grep -qxF "$plain" && continue
        base=${name%%.*}; base=${base%%@*}; at=; case $name in *@*) at=@${name#*@};; esac
        [ -e "/usr/share/i18n/locales/$base$at" ] || continue
        set=UTF-8; case $name in *.*) set=${name#*.}; set=${set%%@*};; esac
        case $set in utf8|UTF8) set=UTF-8;; esac
        localedef -i "$base$at" -f "$set" "$name" 2>/dev/null && echo "$name"
      done
      """;

  private final Host host;
  private final PgBackRest tool;
  private final String version;
  private final String binaries;
  private final String data;
  private final Duration limit;
  private final boolean delta;
  private volatile Set<String> own = Set.of();
  private volatile String superuser = "postgres";
  private volatile String maintenance = "postgres";
  private final List<String> remarks = new CopyOnWriteArrayList<>();
  private final List<String> leftOut = new CopyOnWriteArrayList<>();
  private final Set<String> tablespaces = ConcurrentHashMap.newKeySet();

  /**
   * On a host whose pgBackRest is configured for {@link #data}.
   *
   * @param limit of each long step
   */
  public Sandbox(Host host, PgBackRest tool, Duration limit) {
    this(host, tool, limit, false);
  }

  private Sandbox(Host host, PgBackRest tool, Duration limit, boolean delta) {
    this.delta = delta;
    this.host = host;
    this.tool = tool;
    this.limit = limit;
    this.version = version(host);
    this.binaries = "/usr/lib/postgresql/" + version + "/bin/";
    this.data = data(version);
  }

  /**
   * Configures a host's pgBackRest for one repository, and takes it as the sandbox; a long step may
   * take half of what the policy gives the whole test.
   */
  static Sandbox on(
      Host host, PgBackRest tool, PgBackRestRepository repository, RestorePolicy policy) {
    tool.configure(
        host,
        PgBackRest.CONFIGURATION,
        List.of(repository),
        policy.environment().primary().pgbackrest(),
        data(version(host)));
    return new Sandbox(host, tool, policy.limit().dividedBy(2));
  }

  /** PostgreSQL's major version on a host. */
  static String version(Host host) {
    return host.run(Command.sh("ls /usr/lib/postgresql | sort -n | tail -n 1")).stdout().strip();
  }

  /** Where the restored database lies. */
  static String data(String version) {
    return "/var/lib/postgresql/" + version + "/restored";
  }

  /** PostgreSQL's major version here. */
  String version() {
    return version;
  }

  /** What its volume has left, in bytes. */
  long freeBytes() {
    return Long.parseLong(
        host.run(Command.sh("df -B1 --output=avail /var/lib/postgresql | tail -n 1"))
            .stdout()
            .strip());
  }

  /** The host that it lives on. */
  public Host host() {
    return host;
  }

  /** The same, where a restore keeps what it finds there and is right. */
  Sandbox keepingWhatIsThere() {
    return new Sandbox(host, tool, limit, true);
  }

  /** Copies a backup here, with more options of pgBackRest's; returns what it said. */
  public CommandResult restore(String label, String... more) {
    remarks.clear();
    leftOut.clear();
    superuser = "postgres";
    maintenance = "postgres";
    String clear =
        delta ? "" : " rm -rf %1$s %1$s.log %1$s.log.before %1$s.tablespaces;".formatted(data);
    host.run(
        Command.sh(
            "set -e; chown postgres:postgres /var/lib/postgresql;%2$s install -d -o postgres -g postgres -m 755 $(dirname %1$s); install -d -o postgres -g postgres -m 700 %1$s"
                .formatted(data, clear)));
    List<String> words =
        new ArrayList<>(
            List.of(
                "--set=" + label,
                "--archive-mode=off",
                "--tablespace-map-all=" + data + ".tablespaces",
                "--log-level-console=info",
                delta ? "--delta" : "--no-delta"));
    words.addAll(List.of(more));
    words.add("restore");
    return tool.attempt(host, limit, words.toArray(String[]::new));
  }

  /** Has pgBackRest verify the stanza. */
  public CommandResult verify() {
    return tool.attempt(host, limit, "verify", "--output=text", "--verbose");
  }

  /** The archive, as this host's pgBackRest gets it. */
  ArchivedWal wal() {
    return new ArchivedWal(host, tool.stanza(), binaries);
  }

  /**
   * Starts the server towards the target.
   *
   * @param timeline that recovery follows; null: the newest of which a history is there
   */
  public void start(Choice.Target target, @Nullable Long timeline) {
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
    String controlled =
        host.run(Command.of(binaries + "pg_controldata", data).as("postgres")).stdout();
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
    host.write(data + "/drillyard_hba.conf", "local all all trust\n", "postgres", "0600");
    host.write(data + "/drillyard_ident.conf", "", "postgres", "0600");
    host.run(
        Command.of(
                "bash",
                "-c",
                "cat >> \"$1\"/postgresql.auto.conf; [ -e \"$1\"/postgresql.conf ] || touch \"$1\"/postgresql.conf",
                "conf",
                data)
            .as("postgres")
            .reading(lines(conf)));
    own = Set.copyOf(conf.keySet());
    makeLocales();
    boot();
    for (int again = 0; again < AGAIN_MOST && !running() && amend(); again++) {
      boot();
    }
  }

  /** Returns when recovery has begun, or the server is gone; a failure to start is in the log. */
  private void boot() {
    host.attempt(
        Command.of(
                binaries + "pg_ctl",
                "-D",
                data,
                "-l",
                data + ".log",
                "-w",
                "-t",
                Long.toString(START_LIMIT.toSeconds()),
                "-o",
                "-c data_directory=" + data,
                "start")
            .as("postgres")
            .within(START_LIMIT.plusSeconds(10)));
  }

  /**
   * Locales that the restored files name and this image does not have are made from the image's own
   * definitions; a server without them does not start, or lets nobody into its databases.
   */
  private void makeLocales() {
    CommandResult made =
        host.attempt(Command.of("bash", "-c", LOCALES, "locales", data).within(LOCALES_LIMIT));
    made.stdout()
        .lines()
        .filter(l -> !l.isBlank())
        .forEach(l -> remarks.add("Made here from the image's own definitions: locale " + l));
  }

  /**
   * Takes away what kept the server from starting, where that lies in the sandbox and not in the
   * data; false when nothing can be done.
   */
  private boolean amend() {
    String log = logText();
    Matcher folder = NO_FOLDER.matcher(log);
    if (folder.find() && tablespaces.add(folder.group(1))) {
      String place = folder.group(1);
      host.run(Command.of("install", "-d", "-o", "postgres", "-g", "postgres", "-m", "700", place));
      remarks.add(
          "A tablespace that was made after the backup lies in %s: that folder was made here."
              .formatted(place));
      return setAside();
    }
    boolean begun = log.contains("starting PostgreSQL");
    if (leftOut.isEmpty() && (!begun || UNFIT.matcher(log).find())) {
      return ownConfiguration() && setAside();
    }
    return false;
  }

  private boolean setAside() {
    return host.attempt(
            Command.sh("cat %1$s.log >> %1$s.log.before; rm -f %1$s.log".formatted(data)))
        .ok();
  }

  /** The harness's own file in place of theirs; of theirs what decides how data are read. */
  private boolean ownConfiguration() {
    String theirs = host.attempt(Command.of("cat", data + "/postgresql.conf")).stdout();
    StringBuilder kept = new StringBuilder("# What of the restored file matters here.\n");
    for (String line : theirs.lines().map(String::strip).toList()) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (MATTERS.matcher(line).find()) {
        kept.append(line).append('\n');
      } else {
        leftOut.add(line);
      }
    }
    if (leftOut.isEmpty()) {
      return false;
    }
    host.write(data + "/postgresql.conf", kept.toString(), "postgres", "0600");
    return true;
  }

  /** What of the restored configuration was left out, since the server did not start with it. */
  List<String> leftOut() {
    return List.copyOf(leftOut);
  }

  /** What was made or done here so that the server could start. */
  List<String> remarks() {
    return List.copyOf(remarks);
  }

  /** What the sandbox sets otherwise than the source on purpose; empty before it was started. */
  Set<String> ownSettings() {
    return own;
  }

  private static String lines(Map<String, String> settings) {
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

  /** Waits for the end of recovery, in whatever way; returns what the log says. */
  public RecoveryLog awaitOpen() {
    AtomicInteger amended = new AtomicInteger();
    Await.quietly(
        limit,
        () -> {
          CommandResult log = host.attempt(Command.of("cat", data + ".log"));
          if (!running()) {
            return amended.incrementAndGet() > AGAIN_MOST || !booted();
          }
          return RecoveryLog.parse(log.stdout()).complete() && letsIn();
        });
    return log();
  }

  /** Takes away what ended the server, and starts it again; false when nothing can be done. */
  private boolean booted() {
    boolean amended = amend();
    if (amended) {
      boot();
    }
    return amended;
  }

  /**
   * Whether the server lets the checks in, with the superuser that there is, into a database that
   * there is; who they are it tells by its refusals.
   */
  private boolean letsIn() {
    CommandResult said = sql(maintenance, "select not pg_is_in_recovery()");
    if (said.ok()) {
      return said.stdout().strip().equals("t");
    }
    String why = said.stderr();
    if (why.contains("role \"" + superuser + "\" does not exist")) {
      return findSuperuser();
    }
    if (why.contains("database \"" + maintenance + "\" does not exist")
        || why.contains("database \"" + maintenance + "\" is not currently accepting")) {
      maintenance = "template1";
      return !why.contains("\"template1\"");
    }
    // It ended recovery and refuses for a reason of its own: waiting changes nothing.
    return !why.contains("the database system is") && !why.contains("No such file");
  }

  /** The bootstrap superuser has the identifier 10, whatever it is called. */
  private boolean findSuperuser() {
    stop();
    String said =
        host.attempt(
                Command.of(binaries + "postgres", "--single", "-D", data, "template1")
                    .as("postgres")
                    .within(START_LIMIT)
                    .reading("select rolname from pg_catalog.pg_roles where oid = 10\n"))
            .stdout();
    Matcher name = ROLE.matcher(said);
    boolean found = name.find();
    if (found) {
      superuser = name.group(1);
      remarks.add("The superuser is called '%s'.".formatted(superuser));
    }
    reopen();
    return found && sql(maintenance, "select 1").ok();
  }

  /** How a refused client is told why; empty when it is let in. */
  String refusal() {
    CommandResult said = sql(maintenance, "select 1");
    return said.ok() ? "" : said.tail();
  }

  /** The database that is always asked first. */
  String maintenance() {
    return maintenance;
  }

  /** What the server's log says so far. */
  public RecoveryLog log() {
    return RecoveryLog.parse(logText());
  }

  /** The server's log. */
  public String logText() {
    return host.attempt(Command.of("cat", data + ".log")).stdout();
  }

  /** True when it answers queries. */
  public boolean answers() {
    return sql(maintenance, "select not pg_is_in_recovery()").stdout().strip().equals("t");
  }

  /** How long a long step may take. */
  Duration limit() {
    return limit;
  }

  /** True while there is a server, whether it lets anybody in or not. */
  boolean running() {
    return host.attempt(Command.of(binaries + "pg_ctl", "-D", data, "status").as("postgres")).ok();
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
  public CommandResult sql(String database, String query) {
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
  public CommandResult amcheck() {
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
  public CommandResult dump() {
    return host.attempt(
        Command.sh(
                "set -o pipefail; env %s pg_dumpall -h %s -U %s -l %s 2>/tmp/dump.err | dd bs=1M 2>/tmp/dump.size | tail -n 3; s=$?; tail -n 1 /tmp/dump.size; cat /tmp/dump.err >&2; rm -f /tmp/dump.err /tmp/dump.size; exit $s"
                    .formatted(quoted(session()), SOCKET, quoted(superuser), maintenance))
            .as("postgres")
            .within(limit));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
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

  /** Starts a server again that was stopped for its checksums. */
  public void reopen() {
    host.attempt(
        Command.of(binaries + "pg_ctl", "-D", data, "-l", data + ".log", "-w", "start")
            .as("postgres")
            .within(START_LIMIT));
  }

  /** Stops the server cleanly. */
  public CommandResult stop() {
    return host.attempt(
        Command.of(binaries + "pg_ctl", "-D", data, "-m", "fast", "-t", "60", "-w", "stop")
            .as("postgres")
            .within(Duration.ofSeconds(65)));
  }

  /** Reads every page of the stopped server's files. */
  public CommandResult checksums() {
    return host.attempt(
        Command.of(binaries + "pg_checksums", "-D", data, "--check").as("postgres").within(limit));
  }

  /** The restored files' own word on which system they are, or null. */
  public @Nullable String systemIdentifier() {
    return host.attempt(Command.of(binaries + "pg_controldata", data).as("postgres"))
        .stdout()
        .lines()
        .filter(l -> l.startsWith("Database system identifier:"))
        .map(l -> l.substring(l.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(null);
  }

  /** Bytes of the restored files. */
  public long bytes() {
    String said = host.attempt(Command.of("du", "-sb", data)).stdout();
    return said.isEmpty() ? 0 : Long.parseLong(said.split("\\s", 2)[0]);
  }

  private String made() {
    StringBuilder folders = new StringBuilder();
    tablespaces.forEach(place -> folders.append(' ').append(quoted(place)));
    return folders.toString();
  }

  /** Removes everything; returns what is left, which should be nothing. */
  public String remove() {
    if (running()) {
      host.attempt(
          Command.of(binaries + "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
              .as("postgres"));
    }
    CommandResult left =
        host.attempt(
            Command.sh(
                    "rm -rf %1$s %1$s.log %1$s.log.before %1$s.tablespaces /tmp/wal%2$s; ls -d %1$s* 2>/dev/null; pgrep -a postgres; ls /tmp /dev/shm /run/postgresql 2>/dev/null | grep -E 'PGSQL|PostgreSQL'; true"
                        .formatted(data, made()))
                .within(Duration.ofMinutes(1)));
    if (!left.ok()) {
      throw new HostException(host.name() + ": the sandbox was not removed: " + left.tail());
    }
    return left.stdout().strip();
  }
}
