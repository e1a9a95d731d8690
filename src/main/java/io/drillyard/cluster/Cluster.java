package io.drillyard.cluster;

import io.drillyard.declaration.ClusterPlan;
import io.drillyard.declaration.Environment;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.host.ParallelHostActions;
import io.drillyard.host.Testbed;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One Patroni cluster: its members, its etcd, its stanza. Built step by step, each step returning
 * when it is a fact.
 */
public final class Cluster {
  private static final Duration BOOTSTRAP_LIMIT = Duration.ofMinutes(2);

  /** So long after an order whose answer was lost it is given again. */
  private static final Duration ORDER_PACE = Duration.ofSeconds(2);

  /** Where a member's pgBackRest is told of another cluster's repository path. */
  private static final String RESTORE = "/etc/pgbackrest/restore.conf";

  private static final String WAL_DIRECTORY = "/var/lib/pgwal/pg_wal";

  /** Where a host's wall clock is set off, as libfaketime reads it. */
  private static final String CLOCK = "/etc/drillyard/faketime";

  private final Environment environment;
  private final ClusterPlan plan;
  private final List<Host> members;
  private final Etcd etcd;
  private final PgBackRest pgBackRest;
  private final RunSecrets secrets;
  private final MemberSql sql;
  private final StreamingReplication replication;
  private final StandbyClusterSettings standby;
  // Members are configured in parallel.
  private final Map<String, HostService> patroni = new ConcurrentHashMap<>();
  private final String dataDirectory;
  private final String binaries;

  /** Of a plan; nothing is started yet. */
  public Cluster(Testbed yard, Environment environment, ClusterPlan plan, RunSecrets secrets) {
    this.environment = environment;
    this.plan = plan;
    this.secrets = secrets;
    this.members = plan.members().stream().map(yard::host).toList();
    this.sql = new MemberSql(secrets);
    this.replication = new StreamingReplication(plan, members, sql);
    this.standby = new StandbyClusterSettings(environment, plan);
    this.etcd =
        new Etcd(
            plan.scope(),
            plan.etcd().stream().map(yard::host).toList(),
            plan.etcdSecurity(),
            secrets);
    this.pgBackRest = new PgBackRest(plan.scope());
    String version =
        members
            .get(0)
            .run(Command.sh("ls /usr/lib/postgresql | sort -n | tail -n 1"))
            .stdout()
            .strip();
    this.dataDirectory = "/var/lib/postgresql/" + version + "/patroni";
    this.binaries = "/usr/lib/postgresql/" + version + "/bin";
  }

  /** Its declaration. */
  public ClusterPlan plan() {
    return plan;
  }

  /** Patroni's scope. */
  public String scope() {
    return plan.scope();
  }

  /** Hosts of its PostgreSQL members; Patroni's names are theirs. */
  public List<Host> members() {
    return members;
  }

  /** The member of that name. */
  public Host member(String name) {
    return members.stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }

  /** Its etcd. */
  public Etcd etcd() {
    return etcd;
  }

  /** Its backups and archive. */
  public PgBackRest pgBackRest() {
    return pgBackRest;
  }

  /** The Patroni service of a member. */
  public HostService patroni(String member) {
    HostService service = patroni.get(member);
    if (service == null) {
      throw new IllegalArgumentException(member + " is no started member of " + scope());
    }
    return service;
  }

  /** Folder of PostgreSQL's programs on every member. */
  public String binaries() {
    return binaries;
  }

  /** PostgreSQL's data directory on every member. */
  public String dataDirectory() {
    return dataDirectory;
  }

  /**
   * Writes every member's configuration: pgBackRest's, with the accounts that its site may use, and
   * Patroni's.
   *
   * @param archives all that it archives and backs up to; a restore takes the first that has it
   * @param source where the first member's data come from: a repository path to restore; null: a
   *     new database, or, of a standby cluster, a copy of the one that it follows
   */
  public void configure(List<ArchiveAccount> archives, @Nullable RestoreFrom source) {
    members.parallelStream().forEach(member -> configure(member, archives, source));
  }

  /**
   * What a cluster is restored from; one that follows another reads that one's archive from there,
   * too.
   *
   * @param stanza of the other cluster
   * @param repositoryPath it archived to, or archives to
   */
  public record RestoreFrom(String stanza, String repositoryPath) {}

  /** This one, as what another one is restored from. */
  public RestoreFrom asSource() {
    return new RestoreFrom(plan.scope(), plan.repositoryPath());
  }

  private void configure(Host member, List<ArchiveAccount> archives, @Nullable RestoreFrom source) {
    member.run(
        Command.sh(
            "chown postgres:postgres /var/lib/postgresql && mkdir -p -m 700 %s && chown -R postgres:postgres $(dirname %s) && { [ ! -d /var/lib/pgwal ] || chown postgres:postgres /var/lib/pgwal; }"
                .formatted(dataDirectory, dataDirectory)));
    archiveTo(member, archives.stream().map(a -> a.at(plan.repositoryPath())).toList(), Map.of());
    PgBackRest restored = source == null ? null : new PgBackRest(source.stanza());
    if (restored != null && source != null) {
      restored.configure(
          member,
          RESTORE,
          archives.stream().map(a -> a.at(source.repositoryPath())).toList(),
          plan.pgbackrest(),
          dataDirectory);
    }
    LabPostgresParameters parameters = new LabPostgresParameters(environment, plan, dataDirectory);
    parameters.prepare(member);
    Patroni.Member configuration =
        new Patroni.Member(
            member,
            plan,
            etcd.patroni(),
            dataDirectory,
            binaries,
            pgBackRest.archiveCommand(),
            secrets,
            parameters.values(),
            environment.storage().walApart() ? WAL_DIRECTORY : null,
            standby.dynamic(restored == null ? null : restored.fetchCommand(RESTORE)),
            pgBackRest.fetchCommand(PgBackRest.CONFIGURATION),
            restored == null ? null : restored.restoreCommand(RESTORE));
    member.write(Patroni.CONFIGURATION, Patroni.configuration(configuration), "postgres", "0600");
    patroni.put(
        member.name(), new HostService(member, "50-patroni", "postgres", patroniWords(member)));
  }

  /**
   * Has every member archive and back up to these from its next command on.
   *
   * @param options beside the declared ones, which they outweigh
   */
  public void archiveTo(List<PgBackRestRepository> repositories, Map<String, String> options) {
    ParallelHostActions.each(members, member -> archiveTo(member, repositories, options));
  }

  private void archiveTo(
      Host member, List<PgBackRestRepository> repositories, Map<String, String> options) {
    Map<String, String> all = new LinkedHashMap<>(plan.pgbackrest());
    all.putAll(options);
    pgBackRest.configure(member, PgBackRest.CONFIGURATION, repositories, all, dataDirectory);
  }

  /** Patroni's command line; with an adjustable wall clock it reads that through libfaketime. */
  private List<String> patroniWords(Host member) {
    if (!environment.adjustableClock()) {
      return List.of("/usr/bin/patroni", Patroni.CONFIGURATION);
    }
    member.write(CLOCK, "+0\n", "root", "0644");
    return List.of(
        "bash",
        "-c",
        "exec env LD_PRELOAD=$(echo /usr/lib/*/faketime/libfaketimeMT.so.1) FAKETIME_TIMESTAMP_FILE="
            + CLOCK
            + " FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC=1 DONT_FAKE_MONOTONIC=1"
            + " /usr/bin/patroni "
            + Patroni.CONFIGURATION);
  }

  /**
   * Starts the first member, and the others as soon as it holds the right to bootstrap; returns
   * when the first accepts writes, or, in a standby cluster, streams from the primary's. Started
   * this early, the others are known to the leader when it makes their replication slots, and need
   * not wait for its next loop.
   */
  public void start() {
    Host first = members.get(0);
    patroni(first.name()).install();
    BoundedWait.until(
        scope() + ": " + first.name() + " bootstraps",
        BOOTSTRAP_LIMIT,
        () -> etcd.get("/service/" + scope() + "/initialize") != null || serves(first),
        () -> log(first));
    members.stream().skip(1).parallel().forEach(m -> patroni(m.name()).install());
    BoundedWait.until(
        scope() + ": " + first.name() + (plan.standby() ? " follows" : " accepts writes"),
        BOOTSTRAP_LIMIT,
        () -> serves(first),
        () -> log(first));
  }

  private boolean serves(Host member) {
    return plan.standby() ? replication.follows(member) : acceptsWrites(member);
  }

  boolean acceptsWrites(Host member) {
    return sql.acceptsWrites(member);
  }

  /** True when a member receives WAL, or has lately replayed what another cluster archived. */
  boolean receives(Host member) {
    return replication.streams(member) || replication.replayedLately(member, standby);
  }

  /**
   * Takes away everything that this incarnation left on a host where none of it runs.
   *
   * @return what is still there; empty: nothing
   */
  public String wipe(Host host) {
    String folders =
        "%s /var/lib/pgwal /var/lib/etcd /var/spool/pgbackrest /etc/drillyard/services"
            .formatted(dataDirectory);
    return host.run(
            Command.sh(
                "for d in %1$s; do [ ! -d $d ] || find $d -mindepth 1 -delete; done; find %1$s -mindepth 1 2>/dev/null | head -n 3"
                    .formatted(folders)))
        .stdout()
        .strip();
  }

  /** What Patroni is told of a cluster that this one follows. */
  Map<String, Object> following(ClusterPlan followed) {
    return standby.following(followed, null);
  }

  /** Has its leader keep a replication slot for a cluster that is to follow it. */
  public void keepSlotFor(ClusterPlan follower) {
    String slot = ClusterPlan.slotName(follower.scope());
    Host leader = leader();
    patch(leader, "{\"slots\": {\"%s\": {\"type\": \"physical\"}}}".formatted(slot));
    BoundedWait.until(
        "%s: %s has the slot %s".formatted(scope(), leader.name(), slot),
        BOOTSTRAP_LIMIT,
        () ->
            sql.count(
                    leader,
                    "select count(*) from pg_replication_slots where slot_name = '" + slot + "'")
                == 1,
        () -> log(leader));
  }

  /** The host of the member that holds the leader key; an error when nobody does. */
  public Host leader() {
    String leader = etcd.get("/service/" + scope() + "/leader");
    if (leader == null) {
      throw new HostException(scope() + ": nobody leads");
    }
    return member(leader);
  }

  /** Changes the dynamic configuration, through one member. */
  static void patch(Host host, String change) {
    host.run(patching(change));
  }

  private static Command patching(String change) {
    return Command.of(
            "curl",
            "-sf",
            "-m10",
            "-XPATCH",
            "-d" + change,
            "http://127.0.0.1:" + Patroni.REST_PORT + "/config")
        .within(Duration.ofSeconds(15));
  }

  /**
   * Makes a standby cluster one of its own: it follows nobody any more. An order whose answer is
   * lost counts as given: it is given again for a while, which changes nothing, and then what comes
   * of it is waited for. Returns the member that was promoted by it.
   *
   * @param again so long the order may be given again
   */
  public Host detach(Duration again) {
    Host host = leader();
    BoundedWait.quietly(
        again,
        () ->
            host.attempt(patching("{\"standby_cluster\": null}")).ok()
                || BoundedWait.quietly(ORDER_PACE, () -> sql.acceptsWrites(host)));
    BoundedWait.until(
        scope() + ": " + host.name() + " accepts writes",
        BOOTSTRAP_LIMIT,
        () -> sql.acceptsWrites(host),
        () -> log(host));
    return host;
  }

  static String log(Host member) {
    return member.attempt(Command.of("tail", "-n", "8", "/var/log/50-patroni.log")).stdout();
  }

  /**
   * Returns when every other member streams at the leader's position, from the leader or from
   * another one that does.
   */
  public void awaitReplicas(String leader) {
    replication.awaitReplicas(leader);
  }

  /**
   * Returns when the leader has every declared slot, or some rounds of Patroni have passed without:
   * it makes none for a database that is not there.
   */
  public void awaitSlots(String leader) {
    replication.awaitSlots(leader);
  }

  /** True when every other member streams at this leader's position now. */
  public boolean everyReplicaStreams(String leader) {
    return replication.everyReplicaStreams(leader);
  }

  /** Where a leader's WAL is flushed to, or how far a standby has replayed it; null: no answer. */
  public @Nullable Long position(Host member) {
    return replication.replayed(member.name());
  }

  /** Returns when as many standbys are synchronous as the declaration asks for. */
  public void awaitSynchronous(String leader) {
    replication.awaitSynchronous(leader);
  }

  /** Names of the standbys that a primary waits for now; none when it does not answer. */
  public List<String> synchronousStandbys(String leader) {
    return replication.synchronousStandbys(leader);
  }

  /** A superuser's connection to a member over the management network; bounded in time. */
  public Connection connect(Host member, String database) throws SQLException {
    return sql.connect(member, database);
  }

  /** Runs statements as superuser on a member; the first failure ends it. */
  public void sql(Host member, String database, List<String> statements) {
    sql.run(member, database, statements);
  }

  /** Versions of the programs on a member. */
  public Map<String, String> versions() {
    return ProgramVersions.of(members.get(0), environment);
  }
}
