package io.drillyard.play.restore;

import io.drillyard.backup.RecoveryLog;
import io.drillyard.check.backup.RestoreChoice;
import io.drillyard.cluster.BoundedWait;
import io.drillyard.cluster.ControlFile;
import io.drillyard.cluster.PgBackRest;
import io.drillyard.cluster.PgBackRestRepository;
import io.drillyard.declaration.RestorePolicy;
import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
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
  private static final int AGAIN_MOST = 64;

  /** A question after the end of the test's limit still gets its answer. */
  private static final Duration QUESTION = Duration.ofSeconds(5);

  private final Host host;
  private final PgBackRest tool;
  private final String version;
  private final String binaries;
  private final String data;
  private final boolean delta;
  private final List<String> preload;
  private final SandboxAdjustments amends;
  private final SandboxClient client;
  private final SandboxEntry entry;
  private volatile long startNs = System.nanoTime();
  private volatile Duration limit;
  private volatile Set<String> own = Set.of();

  /**
   * On a host whose pgBackRest is configured for {@link #data}.
   *
   * @param limit of the whole test, from now on
   */
  public Sandbox(Host host, PgBackRest tool, Duration limit) {
    this(host, tool, limit, List.of(), false);
  }

  private Sandbox(Host host, PgBackRest tool, Duration limit, List<String> preload, boolean delta) {
    this.delta = delta;
    this.preload = preload;
    this.host = host;
    this.tool = tool;
    this.limit = limit;
    this.version = version(host);
    this.binaries = "/usr/lib/postgresql/" + version + "/bin/";
    this.data = data(version);
    this.amends = new SandboxAdjustments(host, data);
    this.client = new SandboxClient(host, version, binaries, this::limit);
    this.entry =
        new SandboxEntry(
            this, client, amends, binaries + "postgres --single -D " + data + " template1");
  }

  /** Configures a host's pgBackRest for one repository, and takes it as the sandbox. */
  static Sandbox on(
      Host host, PgBackRest tool, PgBackRestRepository repository, RestorePolicy policy) {
    tool.configure(
        host,
        PgBackRest.CONFIGURATION,
        List.of(repository),
        policy.environment().serving().pgbackrest(),
        data(version(host)));
    return new Sandbox(host, tool, policy.atMost(), policy.preload(), false);
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
    return new Sandbox(host, tool, limit, preload, true);
  }

  /** Copies a backup here, with more options of pgBackRest's; returns what it said. */
  public CommandResult restore(String label, String... more) {
    entry.clear();
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
    return tool.attempt(host, limit(), words.toArray(String[]::new));
  }

  /** Has pgBackRest verify the stanza. */
  public CommandResult verify() {
    return tool.attempt(host, limit(), "verify", "--output=text", "--verbose");
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
  public void start(RestoreChoice.Target target, @Nullable Long timeline) {
    ControlFile controlled =
        ControlFile.parse(
            host.run(Command.of(binaries + "pg_controldata", data).as("postgres")).stdout());
    Map<String, String> conf =
        SandboxConfiguration.of(
            target, timeline, data, controlled, Integer.parseInt(version), files(), preloaded());
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
    BoundedWait.quietly(
        limit(),
        () -> {
          CommandResult log = host.attempt(Command.of("cat", data + ".log"));
          if (!running()) {
            return amended.incrementAndGet() > AGAIN_MOST || !booted();
          }
          return RecoveryLog.parse(log.stdout()).complete() && entry.settled();
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

  /**
   * A test begins.
   *
   * @param whole how long it may take from its order on
   * @param orderedNs {@code System.nanoTime()} of its order
   */
  void allow(Duration whole, long orderedNs) {
    limit = whole;
    startNs = orderedNs;
  }

  /** How long a step that begins now may take: what is left of the test's limit. */
  Duration limit() {
    Duration left = limit.minusNanos(System.nanoTime() - startNs);
    return left.compareTo(QUESTION) > 0 ? left : QUESTION;
  }

  /** How long the whole test may take. */
  Duration whole() {
    return limit;
  }

  /** True when the whole test has taken longer than it may. */
  boolean over() {
    return System.nanoTime() - startNs >= limit.toNanos();
  }

  /** Files of relations in the restored folder. */
  private long files() {
    String said =
        host.attempt(
                Command.sh(
                    "find %s/base %s/pg_tblspc/ -follow -type f | wc -l".formatted(data, data)))
            .stdout()
            .strip();
    return said.isEmpty() ? 0 : Long.parseLong(said);
  }

  /** What the restored configuration preloads, with what the policy names besides; or nothing. */
  private List<String> preloaded() {
    if (preload.isEmpty()) {
      return List.of();
    }
    Set<String> all = new LinkedHashSet<>();
    String theirs =
        host.attempt(
                Command.of(binaries + "postgres", "-C", "shared_preload_libraries", "-D", data)
                    .as("postgres"))
            .stdout();
    for (String name : theirs.split(",")) {
      all.add(name.strip());
    }
    all.addAll(preload);
    all.remove("");
    return List.copyOf(all);
  }

  /** Makes what was recovered readable; returns the databases that nobody can read. */
  List<String> open() {
    return entry.open();
  }

  /** True while there is a server, whether it lets anybody in or not. */
  boolean running() {
    return host.attempt(Command.of(binaries + "pg_ctl", "-D", data, "status").as("postgres")).ok();
  }

  /** What was made or left out so that the server could start. */
  SandboxAdjustments amends() {
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
        Command.of(binaries + "pg_checksums", "-D", data, "--check")
            .as("postgres")
            .within(limit()));
  }

  /** The restored files' own word on which system they are, or null. */
  public @Nullable String systemIdentifier() {
    return ControlFile.parse(
            host.attempt(Command.of(binaries + "pg_controldata", data).as("postgres")).stdout())
        .systemIdentifier();
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
