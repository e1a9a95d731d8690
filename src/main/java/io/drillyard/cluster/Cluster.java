package io.drillyard.cluster;

import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.Yard;
import io.drillyard.target.Environment;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One Patroni cluster: its members, its etcd, its stanza. Built step by step, each step returning
 * when it is a fact.
 */
public final class Cluster {
  private static final Duration BOOTSTRAP_LIMIT = Duration.ofMinutes(2);
  private static final String WAL_DIRECTORY = "/var/lib/pgwal/pg_wal";

  /** Where a host's wall clock is set off, as libfaketime reads it. */
  private static final String CLOCK = "/etc/drillyard/faketime";

  private static final Duration WAKE_PACE = Duration.ofMillis(300);

  private final Environment environment;
  private final Environment.ClusterPlan plan;
  private final List<Host> members;
  private final Etcd etcd;
  private final PgBackRest pgBackRest;
  private final Secrets secrets;
  // Members are configured in parallel.
  private final Map<String, Service> patroni = new ConcurrentHashMap<>();
  private final String dataDirectory;
  private final String binaries;

  /** Of a plan; nothing is started yet. */
  public Cluster(
      Yard yard, Environment environment, Environment.ClusterPlan plan, Secrets secrets) {
    this.environment = environment;
    this.plan = plan;
    this.secrets = secrets;
    this.members = plan.members().stream().map(yard::host).toList();
    this.etcd = new Etcd(plan.scope(), plan.etcd().stream().map(yard::host).toList());
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
  public Environment.ClusterPlan plan() {
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
  public Service patroni(String member) {
    Service service = patroni.get(member);
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
   * @param source where the first member's data come from: a repository path to restore, or null
   *     for a new database
   */
  public void configure(List<Archive> archives, @Nullable RestoreFrom source) {
    members.parallelStream().forEach(member -> configure(member, archives, source));
  }

  /**
   * What a cluster is restored from.
   *
   * @param stanza of the lost cluster
   * @param repositoryPath it archived to
   */
  public record RestoreFrom(String stanza, String repositoryPath) {}

  private void configure(Host member, List<Archive> archives, @Nullable RestoreFrom source) {
    member.run(
        Command.sh(
            "chown postgres:postgres /var/lib/postgresql && mkdir -p -m 700 %s && chown -R postgres:postgres $(dirname %s) && { [ ! -d /var/lib/pgwal ] || chown postgres:postgres /var/lib/pgwal; }"
                .formatted(dataDirectory, dataDirectory)));
    pgBackRest.configure(
        member,
        PgBackRest.CONFIGURATION,
        archives.stream().map(a -> a.at(plan.repositoryPath())).toList(),
        plan.pgbackrest(),
        dataDirectory);
    String restore = null;
    if (source != null) {
      String file = "/etc/pgbackrest/restore.conf";
      PgBackRest old = new PgBackRest(source.stanza());
      old.configure(
          member,
          file,
          archives.stream().map(a -> a.at(source.repositoryPath())).toList(),
          plan.pgbackrest(),
          dataDirectory);
      restore = old.restoreCommand(file);
    }
    Patroni.Member configuration =
        new Patroni.Member(
            member,
            plan,
            etcd.dataEndpoints(),
            dataDirectory,
            binaries,
            pgBackRest.archiveCommand(),
            secrets,
            environment.storage().walApart() ? WAL_DIRECTORY : null,
            restore);
    member.write(Patroni.CONFIGURATION, Patroni.configuration(configuration), "postgres", "0600");
    patroni.put(member.name(), new Service(member, "50-patroni", "postgres", patroniWords(member)));
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
   * when the first accepts writes. Started this early, the others are known to the leader when it
   * makes their replication slots, and need not wait for its next loop.
   */
  public void start() {
    Host first = members.get(0);
    patroni(first.name()).install();
    Await.until(
        scope() + ": " + first.name() + " bootstraps",
        BOOTSTRAP_LIMIT,
        () -> etcd.get("/service/" + scope() + "/initialize") != null || acceptsWrites(first),
        () -> log(first));
    members.stream().skip(1).parallel().forEach(m -> patroni(m.name()).install());
    Await.until(
        scope() + ": " + first.name() + " accepts writes",
        BOOTSTRAP_LIMIT,
        () -> acceptsWrites(first),
        () -> log(first));
  }

  private static String log(Host member) {
    return member.attempt(Command.of("tail", "-n", "8", "/var/log/50-patroni.log")).stdout();
  }

  /**
   * Returns when every other member streams at the leader's position.
   *
   * <p>A leader that has just bootstrapped makes its replicas' slots in its next loop, {@code
   * loop_wait} later; a replica that found none tries again only after another five seconds. So the
   * leader is woken until the slots are there.
   */
  public void awaitReplicas(String leader) {
    int replicas = members.size() - 1;
    Await.until(
        scope() + ": " + replicas + " replicas stream",
        BOOTSTRAP_LIMIT,
        () -> {
          if (slots(leader) < replicas) {
            wake(member(leader));
            Await.quietly(WAKE_PACE, () -> slots(leader) >= replicas);
          }
          return streaming(leader) == replicas;
        },
        () -> streaming(leader) + " stream from " + leader);
  }

  /** A change of Patroni's configuration that changes nothing: it ends Patroni's wait. */
  private static void wake(Host member) {
    // An answer is not needed: while there is none, it is asked again.
    member.attempt(
        Command.of(
            "curl",
            "-s",
            "-m2",
            "-XPATCH",
            "-d{\"drillyard\": null}",
            "http://127.0.0.1:" + Patroni.REST_PORT + "/config"));
  }

  /** Returns when as many standbys are synchronous as the declaration asks for. */
  public void awaitSynchronous(String leader) {
    int wanted =
        plan.patroni().get("synchronous_node_count") instanceof Number n ? n.intValue() : 1;
    Await.until(
        scope() + ": " + wanted + " synchronous standby",
        Duration.ofMinutes(1),
        () ->
            count(
                    leader,
                    "select count(*) from pg_stat_replication where sync_state in ('sync', 'quorum')")
                >= wanted,
        () -> "synchronous standbys of " + leader + " are fewer");
  }

  /** Names of the standbys that a primary waits for now; none when it does not answer. */
  public List<String> synchronousStandbys(String leader) {
    List<String> names = new ArrayList<>();
    try (Connection connection = connect(member(leader), "postgres");
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "select application_name from pg_stat_replication"
                    + " where sync_state in ('sync', 'quorum') order by 1")) {
      while (row.next()) {
        names.add(row.getString(1));
      }
    } catch (SQLException e) {
      return List.of();
    }
    return names;
  }

  private boolean acceptsWrites(Host member) {
    try (Connection connection = connect(member, "postgres");
        var statement = connection.createStatement()) {
      var row = statement.executeQuery("select pg_is_in_recovery()");
      row.next();
      return !row.getBoolean(1);
    } catch (SQLException e) {
      return false;
    }
  }

  private int slots(String leader) {
    return count(leader, "select count(*) from pg_replication_slots where slot_type = 'physical'");
  }

  private int streaming(String leader) {
    return count(
        leader,
        "select count(*) from pg_stat_replication where state = 'streaming'"
            + " and flush_lsn >= pg_current_wal_flush_lsn()"
            + " and application_name <> 'pg_basebackup'");
  }

  private int count(String member, String query) {
    try (Connection connection = connect(member(member), "postgres");
        var statement = connection.createStatement()) {
      var row = statement.executeQuery(query);
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      return -1;
    }
  }

  /** A superuser's connection to a member over the management network; bounded in time. */
  public Connection connect(Host member, String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "postgres");
    properties.setProperty("password", secrets.of("superuser password"));
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("socketTimeout", "10");
    properties.setProperty("ApplicationName", "drillyard-admin");
    return DriverManager.getConnection(
        "jdbc:postgresql://" + member.managementAddress() + ":5432/" + database, properties);
  }

  /** Runs statements as superuser on a member; the first failure ends it. */
  public void sql(Host member, String database, List<String> statements) {
    try (Connection connection = connect(member, database);
        var statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    } catch (SQLException e) {
      throw new io.drillyard.host.HostException(
          member.name() + ": " + secrets.redact(String.valueOf(e.getMessage())), e);
    }
  }

  /** Versions of the programs on a member. */
  public Map<String, String> versions() {
    Host member = members.get(0);
    Map<String, String> versions = new LinkedHashMap<>();
    String script =
        """
        dpkg-query -W -f '${Package} ${Version}\\n' 'postgresql-1*' patroni etcd-server pgbackrest haproxy 2>/dev/null | grep -v -- '-1[0-9]-'
        for store in %s; do
          case $store in
            s3) /opt/servers/versitygw --version 2>/dev/null | head -n 1 | sed 's/^[^0-9v]*/versitygw /';;
            *) cat /opt/servers-$store/versions;;
          esac
        done
        """
            .formatted(
                environment.repositories().stream()
                    .map(Environment.RepositoryState::type)
                    .collect(Collectors.joining(" ")));
    for (String line : member.run(Command.sh(script)).stdout().lines().toList()) {
      String[] words = line.trim().split("\\s+", 2);
      if (words.length == 2 && !words[1].isEmpty()) {
        versions.put(words[0], words[1]);
      }
    }
    return versions;
  }

  /** Files that belong to the evidence of a member: logs and configuration, by path. */
  public static List<String> evidenceFiles(Host host) {
    var listing =
        host.attempt(
            Command.sh(
                "ls -1 /var/log/[0-9]*.log /var/log/pgbackrest/*.log /etc/patroni/drillyard.yml"
                    + " /etc/pgbackrest/*.conf /etc/haproxy/drillyard.cfg"
                    + " /var/lib/postgresql/*/patroni/postgresql.conf"
                    + " /var/lib/postgresql/*/patroni/patroni.dynamic.json"
                    + " /etc/drillyard/services/* 2>/dev/null"));
    return new ArrayList<>(listing.stdout().lines().toList());
  }
}
