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
import io.drillyard.target.RestorePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  /** So often a server is started again after something was made that it lacked. */
  private static final int AGAIN_MOST = 8;

  private static final Pattern ROLE = Pattern.compile("rolname = \"([^\"]+)\"");

  private final Host host;
  private final PgBackRest tool;
  private final String version;
  private final String binaries;
  private final String data;
  private final Duration limit;
  private final boolean delta;
  private final SandboxAmends amends;
  private final SandboxClient client;
  private volatile Set<String> own = Set.of();

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
    this.amends = new SandboxAmends(host, data);
    this.client = new SandboxClient(host, version, binaries, limit);
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
    client.superuser("postgres");
    client.maintenance("postgres");
    String clear =
        delta
            ? ""
            : " rm -rf %1$s %1$s.log %1$s.log.before %1$s.tablespaces%2$s;"
                .formatted(data, amends.made());
    host.run(
        Command.sh(
            "set -e; chown postgres:postgres /var/lib/postgresql;%2$s install -d -o postgres -g postgres -m 755 $(dirname %1$s); install -d -o postgres -g postgres -m 700 %1$s"
                .formatted(data, clear)));
    amends.clear();
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
    String controlled =
        host.run(Command.of(binaries + "pg_controldata", data).as("postgres")).stdout();
    Map<String, String> conf = SandboxConfiguration.of(target, timeline, data, controlled);
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
            .reading(SandboxConfiguration.lines(conf)));
    own = Set.copyOf(conf.keySet());
    amends.makeLocales();
    boot();
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

  /** What the sandbox sets otherwise than the source on purpose; empty before it was started. */
  Set<String> ownSettings() {
    return own;
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
    boolean amended = amends.amend();
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
    CommandResult said = sql(client.maintenance(), "select not pg_is_in_recovery()");
    if (said.ok()) {
      return said.stdout().strip().equals("t");
    }
    String why = said.stderr();
    if (why.contains("role \"" + client.superuser() + "\" does not exist")) {
      return findSuperuser();
    }
    if (why.contains("database \"" + client.maintenance() + "\" does not exist")
        || why.contains("database \"" + client.maintenance() + "\" is not currently accepting")) {
      client.maintenance("template1");
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
      client.superuser(name.group(1));
      amends.remark("The superuser is called '%s'.".formatted(client.superuser()));
    }
    reopen();
    return found && sql(client.maintenance(), "select 1").ok();
  }

  /** How a refused client is told why; empty when it is let in. */
  String refusal() {
    CommandResult said = sql(client.maintenance(), "select 1");
    return said.ok() ? "" : said.tail();
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
    return sql(client.maintenance(), "select not pg_is_in_recovery()").stdout().strip().equals("t");
  }

  /** How long a long step may take. */
  Duration limit() {
    return limit;
  }

  /** True while there is a server, whether it lets anybody in or not. */
  boolean running() {
    return host.attempt(Command.of(binaries + "pg_ctl", "-D", data, "status").as("postgres")).ok();
  }

  /** What was made or left out so that the server could start. */
  SandboxAmends amends() {
    return amends;
  }

  /** Who asks the server. */
  SandboxClient client() {
    return client;
  }

  /** Asks one question over the socket. */
  public CommandResult sql(String database, String query) {
    return client.sql(database, query);
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
                        .formatted(data, amends.made()))
                .within(Duration.ofMinutes(1)));
    if (!left.ok()) {
      throw new HostException(host.name() + ": the sandbox was not removed: " + left.tail());
    }
    return left.stdout().strip();
  }
}
