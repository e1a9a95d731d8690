package io.drillyard.play.restore;

import io.drillyard.check.backup.AcknowledgedWrites;
import io.drillyard.cluster.ArchiveAccount;
import io.drillyard.cluster.BoundedWait;
import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.ObjectStore;
import io.drillyard.cluster.RunSecrets;
import io.drillyard.declaration.Environment;
import io.drillyard.fault.act.FaultTargetHosts;
import io.drillyard.fault.act.RepositoryAccess;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.host.Testbed;
import io.drillyard.workload.Heartbeat;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * The demonstration's source: a small cluster with a history of three backups and two timelines,
 * whose clients kept a ledger. It is switched off before anything is restored: a restore test needs
 * no access to production.
 */
final class DemonstrationSource {
  private static final String DATABASE = "app";
  private static final Duration KEPT = Duration.ofDays(7);

  /** Of 960 characters each, with their overhead. */
  private static final long ROWS_PER_MEBIBYTE = 1024;

  private static final long PIECE_MEBIBYTES = 32;

  /** Until the checkpoint after a promotion is done, pgBackRest refuses a backup with error 058. */
  private static final String CONTROL_FOLLOWS =
      "select timeline_id = ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int"
          + " from pg_control_checkpoint()";

  private final Environment environment;
  private final Testbed yard;
  private final Cluster cluster;
  private final List<ArchiveAccount> archives;
  private final ProgressLines progress;
  private final List<AcknowledgedWrites.Write> writes = new CopyOnWriteArrayList<>();
  private final Clock clock = Clock.systemUTC();
  private final Heartbeat heartbeat = new Heartbeat("drillyard.heartbeat");
  private final AtomicLong next = new AtomicLong(1);

  private DemonstrationSource(
      Environment environment,
      Testbed yard,
      Cluster cluster,
      List<ArchiveAccount> archives,
      ProgressLines progress) {
    this.environment = environment;
    this.yard = yard;
    this.cluster = cluster;
    this.archives = archives;
    this.progress = progress;
  }

  /** Builds the cluster with its store; returns when it archives. */
  static DemonstrationSource build(
      Environment environment, Testbed yard, RunSecrets secrets, ProgressLines progress) {
    Cluster cluster = new Cluster(yard, environment, environment.serving(), secrets);
    cluster.etcd().start(cluster.members());
    List<ArchiveAccount> archives = new ArrayList<>();
    for (Environment.RepositoryState state : environment.repositories()) {
      ObjectStore store = ObjectStore.start(yard.host(state.host()), state, secrets);
      archives.add(new ArchiveAccount(store, store.grant(cluster.plan().account())));
    }
    cluster.configure(archives, null);
    cluster.start();
    DemonstrationSource source =
        new DemonstrationSource(environment, yard, cluster, archives, progress);
    Host first = cluster.members().get(0);
    cluster.pgBackRest().createStanza(first);
    cluster.awaitReplicas(first.name());
    source.schema(first);
    progress.say(
        "a source of %d members archives to %s"
            .formatted(
                cluster.members().size(),
                archives.stream()
                    .map(a -> a.store().state().endpoint())
                    .collect(Collectors.joining(" and "))));
    return source;
  }

  private void schema(Host leader) {
    cluster.sql(leader, "postgres", List.of("create database " + DATABASE));
    cluster.sql(
        leader,
        DATABASE,
        List.of(
            "create schema shop",
            "create table shop.customers (id int primary key, name text not null, about text)",
            "create table shop.orders (id bigint primary key, customer int not null references"
                + " shop.customers, item text, at timestamptz default clock_timestamp())",
            "create index on shop.orders (customer, at)",
            "insert into shop.customers select n, 'customer ' || n, repeat(md5(n::text), 200)"
                + " from generate_series(1, 500) n"));
    try (Connection connection = cluster.connect(leader, DATABASE)) {
      heartbeat.create(connection);
    } catch (SQLException e) {
      throw new HostException(leader.name() + ": the heartbeat's table was not made", e);
    }
  }

  /**
   * Lives through full, differential and incremental backup and a switch of timelines.
   *
   * @param half called once, in the middle: what the repository holds then is its past
   */
  void live(Runnable half) {
    Host first = cluster.members().get(0);
    Host second = cluster.members().get(1);
    backup(first, "full");
    work(first, 4);
    backup(first, "diff");
    work(first, 3);
    half.run();
    switchOver(first, second);
    work(second, 3);
    backup(second, "incr");
    work(second, 3);
    progress.say(
        "its history: 3 backups, 2 timelines, %,d acknowledged writes".formatted(writes.size()));
  }

  private void backup(Host host, String type) {
    for (int number = 1; number <= archives.size(); number++) {
      cluster.pgBackRest().backup(host, type, number);
    }
  }

  /** Writes, each in a transaction of its own, and fills so many segments. */
  private void work(Host leader, int segments) {
    for (int segment = 0; segment < segments; segment++) {
      try (Connection connection = cluster.connect(leader, DATABASE)) {
        for (int n = 0; n < 60; n++) {
          write(connection);
        }
        beat(connection);
      } catch (SQLException e) {
        throw new HostException(leader.name() + ": a write of the source failed", e);
      }
      archived(leader, Duration.ofSeconds(60));
    }
  }

  /** One write, in a transaction of its own; it is on the ledger when this returns. */
  void write(Connection connection) throws SQLException {
    long id = next.getAndIncrement();
    Instant sent = clock.instant();
    try (var statement = connection.createStatement()) {
      statement.execute(
          "insert into shop.orders (id, customer, item) values (%1$d, %1$d %% 500 + 1, md5('%1$d'))"
              .formatted(id));
    }
    writes.add(new AcknowledgedWrites.Write(id, sent, clock.instant()));
  }

  /** Writes the time. */
  void beat(Connection connection) throws SQLException {
    String problem = heartbeat.beat(connection, KEPT).problem();
    if (problem != null) {
      throw new SQLException(problem);
    }
  }

  /** Fills the present segment, whose archiving begins with that. */
  void switchSegment(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("select pg_switch_wal()");
    }
  }

  /** A client's connection to its leader. */
  Connection connect() throws SQLException {
    return cluster.connect(leader(), DATABASE);
  }

  /** Whoever accepts writes. */
  Host leader() {
    return leader(Duration.ofSeconds(30));
  }

  /**
   * The same.
   *
   * @throws BoundedWait.TimedOut when nobody does within that
   */
  Host leader(Duration limit) {
    return BoundedWait.value(
        "somebody of the source accepts writes",
        limit,
        () -> cluster.members().stream().filter(this::leads).findFirst().orElse(null));
  }

  /**
   * Returns when everything that was written by now is archived.
   *
   * @throws BoundedWait.TimedOut when it is not within the limit
   */
  void archived(Duration limit) {
    archived(leader(), limit);
  }

  private void archived(Host leader, Duration limit) {
    // Of a segment without a record the switch would be none, and nothing would be archived.
    one(leader, "select pg_create_restore_point('archived')");
    String segment = one(leader, "select pg_walfile_name(pg_switch_wal())");
    BoundedWait.until(
        segment + " is archived",
        limit,
        () ->
            one(leader, "select coalesce(max(last_archived_wal), '') from pg_stat_archiver")
                    .compareTo(segment)
                >= 0,
        () -> one(leader, "select to_jsonb(a)::text from pg_stat_archiver a"));
  }

  /** Runs statements on its leader. */
  void sql(String database, List<String> statements) {
    cluster.sql(leader(), database, statements);
  }

  /** Runs what {@code pg_dump --inserts} wrote; what is meant for psql itself is left out. */
  void load(String database, String dump) {
    String statements =
        dump.lines()
            .filter(line -> !line.startsWith("\\") && !line.startsWith("--"))
            .collect(Collectors.joining("\n"));
    sql(database, List.of(statements));
  }

  /** Asks its leader for one value of a database. */
  String value(String database, String query) {
    return one(leader(), database, query);
  }

  /** Takes a full backup into every repository. */
  void backUp() {
    backup(leader(), "full");
  }

  /**
   * Who plays which part in it now.
   *
   * @param access how faults reach its repositories
   */
  FaultTargetHosts parts(RepositoryAccess access) {
    return parts(leader(), access);
  }

  /** The same of one that is switched off: its first member plays the leader. */
  FaultTargetHosts partsWhenOff(RepositoryAccess access) {
    return parts(cluster.members().getFirst(), access);
  }

  private FaultTargetHosts parts(Host leader, RepositoryAccess access) {
    return new FaultTargetHosts(yard, cluster, environment, DATABASE, leader.name())
        .reaching(access);
  }

  /** Every store that it archives to, by pgBackRest's number. */
  List<ArchiveAccount> archives() {
    return archives;
  }

  /** Hosts of its members. */
  List<Host> members() {
    return cluster.members();
  }

  private String one(Host host, String query) {
    return one(host, "postgres", query);
  }

  private String one(Host host, String database, String query) {
    try (Connection connection = cluster.connect(host, database);
        var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new HostException(host.name() + ": " + query + " failed", e);
    }
  }

  private void switchOver(Host from, Host to) {
    from.run(
        Command.of(
                "curl",
                "-sf",
                "-m30",
                "-XPOST",
                "-d{\"leader\": \"%s\", \"candidate\": \"%s\"}".formatted(from.name(), to.name()),
                "http://127.0.0.1:8008/switchover")
            .within(Duration.ofSeconds(35)));
    BoundedWait.until(
        to.name() + " leads",
        Duration.ofSeconds(60),
        () -> leads(to),
        () -> to.name() + " is in recovery");
    BoundedWait.until(
        to.name() + "'s pg_control names its new timeline",
        Duration.ofSeconds(60),
        () -> one(to, CONTROL_FOLLOWS).equals("t"),
        () -> one(to, "select to_jsonb(c)::text from pg_control_checkpoint() c"));
  }

  private boolean leads(Host host) {
    try {
      return one(host, "select pg_is_in_recovery()").equals("f");
    } catch (HostException e) {
      return false;
    }
  }

  /** Switches every member off. */
  void off() {
    cluster.members().forEach(m -> yard.host(m.name()).power().off());
  }

  /**
   * Fills a table of rows that compress to about half, and takes a full backup.
   *
   * @param mebibytes of the table, about
   */
  void fill(long mebibytes) {
    Host leader = leader();
    cluster.sql(
        leader, DATABASE, List.of("create table if not exists shop.filler (n bigint, text text)"));
    // In pieces, each shorter than a connection stays silent for.
    for (long left = mebibytes; left > 0; left -= PIECE_MEBIBYTES) {
      cluster.sql(
          leader,
          DATABASE,
          List.of(
              "insert into shop.filler select n, (select string_agg(md5(n::text || i::text), '') from"
                  + " generate_series(1, 30) i) from generate_series(1, %d) n"
                      .formatted(Math.min(left, PIECE_MEBIBYTES) * ROWS_PER_MEBIBYTE)));
    }
    archived(leader, Duration.ofSeconds(60));
    backup(leader, "full");
    progress.say("the source holds about %d MiB more".formatted(mebibytes));
  }

  /** What its clients were told. */
  List<AcknowledgedWrites.Write> writes() {
    return List.copyOf(writes);
  }

  /** The store of one of its repositories, by pgBackRest's number. */
  ObjectStore store(int repository) {
    return archives.get(repository - 1).store();
  }

  /** Its account at the stores. */
  String account() {
    return cluster.plan().account();
  }

  /** The stanza. */
  String stanza() {
    return cluster.scope();
  }

  /** Where in the bucket it archives to. */
  String path() {
    return environment.serving().repositoryPath();
  }

  /** Versions of its programs; ask before it is switched off. */
  Map<String, String> versions() {
    return cluster.versions();
  }
}
