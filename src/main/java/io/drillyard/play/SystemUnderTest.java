package io.drillyard.play;

import io.drillyard.cluster.ArchiveAccount;
import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.HaProxy;
import io.drillyard.cluster.ObjectStore;
import io.drillyard.cluster.RunSecrets;
import io.drillyard.declaration.ClusterPlan;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.declaration.Environment;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.host.Testbed;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Ledger;
import io.drillyard.ledger.RepositoryListed;
import io.drillyard.repository.Credentials;
import io.drillyard.repository.Repository;
import io.drillyard.workload.WorkloadSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The system under test, built step by step; every step is on the ledger with its time.
 *
 * @param second what the serving cluster archives to besides; null: nothing
 * @param repositories the harness's own views, in the environment's order
 * @param clusters in the environment's order; the one that serves and those that follow it are
 *     started, the others when a plan calls for them; one that is rebuilt takes its former's place
 * @param former incarnations that were given up
 */
record SystemUnderTest(
    Environment environment,
    String database,
    Testbed yard,
    RunSecrets secrets,
    ObjectStore store,
    @Nullable ArchiveAccount second,
    List<Repository> repositories,
    Map<String, Credentials> credentials,
    List<Cluster> clusters,
    List<ClusterPlan> former) {

  /** Builds everything on hosts that are up; returns when the first full backup is there. */
  static SystemUnderTest build(
      Environment environment, String database, Testbed yard, RunSecrets secrets, Ledger ledger) {
    long start = ledger.now();
    List<Cluster> clusters =
        environment.clusters().stream()
            .map(plan -> new Cluster(yard, environment, plan, secrets))
            .collect(Collectors.toCollection(CopyOnWriteArrayList::new));
    Cluster serving = clusters.stream().filter(c -> c.plan().serves()).findFirst().orElseThrow();
    CompletableFuture<Void> etcd =
        CompletableFuture.runAsync(() -> serving.etcd().start(serving.members()));
    ObjectStore store =
        ObjectStore.start(
            yard.host(environment.repository().host()), environment.repository(), secrets);
    Map<String, Credentials> credentials = new ConcurrentHashMap<>();
    clusters.forEach(c -> credentials.put(c.plan().account(), store.grant(c.plan().account())));
    List<ArchiveAccount> archives = new ArrayList<>();
    archives.add(new ArchiveAccount(store, credential(credentials, serving.plan().account())));
    List<Repository> repositories = new ArrayList<>(List.of(store.view()));
    Environment.RepositoryState other = environment.second();
    if (other != null) {
      ObjectStore also = ObjectStore.start(yard.host(other.host()), other, secrets);
      archives.add(new ArchiveAccount(also, also.grant(serving.plan().account())));
      repositories.add(also.view());
    }
    serving.configure(archives, null);
    done(etcd);
    built(ledger, start, "etcd and object store answer");
    SystemUnderTest built =
        new SystemUnderTest(
            environment,
            database,
            yard,
            secrets,
            store,
            archives.size() > 1 ? archives.get(1) : null,
            List.copyOf(repositories),
            credentials,
            clusters,
            new CopyOnWriteArrayList<>());
    built.start(ledger, start);
    return built;
  }

  private static Credentials credential(Map<String, Credentials> credentials, String account) {
    Credentials found = credentials.get(account);
    if (found == null) {
      throw new IllegalArgumentException("no repository account '" + account + "'");
    }
    return found;
  }

  /** The cluster that clients use at the start. */
  Cluster serving() {
    return cluster(environment.serving().name());
  }

  /**
   * The next incarnation of a cluster takes its place, and gets an account of its own.
   *
   * @param source name of the cluster that it follows
   */
  Cluster rebuilt(Cluster old, String source) {
    ClusterPlan plan = old.plan().rebuilt(source);
    credentials.put(plan.account(), store.grant(plan.account()));
    Cluster made = new Cluster(yard, environment, plan, secrets);
    former.add(old.plan());
    clusters.set(clusters.indexOf(old), made);
    return made;
  }

  /** A cluster whose account was revoked gets it again, and every member the credentials. */
  void grantAgain(Cluster cluster) {
    credentials.put(cluster.plan().account(), store.grant(cluster.plan().account()));
    cluster.archiveTo(
        archives(cluster).stream().map(a -> a.at(cluster.plan().repositoryPath())).toList(),
        Map.of());
  }

  /** What was and is declared to archive: every incarnation of every cluster. */
  List<ClusterPlan> plans() {
    List<ClusterPlan> plans = new ArrayList<>(former);
    clusters.forEach(cluster -> plans.add(cluster.plan()));
    return plans;
  }

  /** The cluster that a plan speaks of. */
  Cluster cluster(ClusterRef which) {
    return cluster(which.in(environment).name());
  }

  /** The cluster of that name. */
  Cluster cluster(String name) {
    return clusters.stream()
        .filter(c -> c.plan().name().equals(name))
        .findFirst()
        .orElseThrow(() -> new HostException("no cluster named " + name));
  }

  /** Those that run from the start. */
  List<Cluster> started() {
    return clusters.stream().filter(c -> c.plan().serves() || c.plan().standby()).toList();
  }

  /** The first repository: what clusters are restored from. */
  Repository repository() {
    return repositories.getFirst();
  }

  /** What the repositories are called on the ledger, in the environment's order. */
  List<String> repositoryNames() {
    return environment.repositories().stream()
        .map(r -> "%s:%d/%s".formatted(r.endpoint(), r.port(), r.bucket()))
        .toList();
  }

  /** Puts on the ledger what every repository holds; one that cannot be listed is noted. */
  void listRepositories(Ledger ledger) {
    List<String> names = repositoryNames();
    for (int i = 0; i < repositories.size(); i++) {
      String name = names.get(i);
      long start = ledger.now();
      try {
        Map<String, String> objects = new TreeMap<>();
        repositories
            .get(i)
            .objects("")
            .forEach(o -> objects.put(o.key(), o.bytes() + " " + o.tag()));
        ledger.append(new RepositoryListed(ledger.since(start), name, objects));
      } catch (RuntimeException e) {
        ledger.note(
            "warning", "%s could not be listed: %s".formatted(name, secrets.redact(e.toString())));
      }
    }
  }

  /** The credentials of a cluster's repository account. */
  Credentials credentials(Cluster cluster) {
    return credential(credentials, cluster.plan().account());
  }

  /** Every store that a cluster archives to, in pgBackRest's order. */
  List<ArchiveAccount> archives(Cluster cluster) {
    List<ArchiveAccount> archives = new ArrayList<>();
    archives.add(new ArchiveAccount(store, credentials(cluster)));
    if (second != null && cluster.plan().serves()) {
      archives.add(second);
    }
    return List.copyOf(archives);
  }

  private void start(Ledger ledger, long start) {
    Cluster primary = serving();
    primary.start();
    built(ledger, start, "primary accepts writes");
    Host first = primary.members().get(0);
    // The replicas copy what is there and stream the rest: neither waits for the other.
    CompletableFuture<Void> stanza =
        CompletableFuture.runAsync(
            () -> {
              primary.pgBackRest().createStanza(first);
              built(ledger, start, "stanza created");
            });
    CompletableFuture<Void> route = CompletableFuture.runAsync(this::startRoute);
    primary.awaitReplicas(first.name());
    built(ledger, start, "every replica streams");
    prepareDatabase(first);
    done(route);
    done(stanza);
    for (int number = 1; number <= environment.repositories().size(); number++) {
      primary.pgBackRest().backup(first, "full", number);
    }
    built(ledger, start, "first full backup done");
    started().stream()
        .filter(c -> c.plan().standby())
        .forEach(follower -> follow(follower, ledger, start));
    primary.awaitSlots(first.name());
    if (primary.plan().synchronous()) {
      primary.awaitSynchronous(first.name());
      built(ledger, start, "a synchronous standby is named");
    }
  }

  /** A standby cluster is there from the start; it follows another one. */
  private void follow(Cluster follower, Ledger ledger, long start) {
    follower.etcd().start(follower.members());
    String followed = follower.plan().follows();
    follower.configure(
        List.of(new ArchiveAccount(store, credentials(follower))),
        follower.plan().byArchive() && followed != null ? cluster(followed).asSource() : null);
    follower.start();
    follower.awaitReplicas(follower.members().get(0).name());
    built(
        ledger,
        start,
        "cluster %s follows %s".formatted(follower.plan().name(), follower.plan().follows()));
  }

  /** Waits for it; its failure is told as it was, not wrapped. */
  private static void done(CompletableFuture<Void> step) {
    try {
      step.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static void built(Ledger ledger, long start, String what) {
    ledger.append(new Event.Action(ledger.since(start), "harness", "build", "-", what));
  }

  private void startRoute() {
    if (environment.route().kind().equals("haproxy")) {
      for (String host : environment.route().hosts()) {
        HaProxy.start(
            yard.host(host),
            environment.route(),
            clusters.stream().flatMap(c -> c.members().stream()).toList());
      }
    }
  }

  private void prepareDatabase(Host leader) {
    Cluster primary = serving();
    primary.sql(
        leader,
        "postgres",
        List.of(
            "CREATE ROLE %s LOGIN PASSWORD '%s'"
                .formatted(WorkloadSchema.CLIENT_ROLE, secrets.of("client password")),
            // Refused writes are the drill's business, not the server log's: they would drown it.
            "ALTER ROLE %s SET log_min_messages = 'fatal'".formatted(WorkloadSchema.CLIENT_ROLE),
            "CREATE DATABASE " + database));
    try (Connection connection = primary.connect(leader, database)) {
      WorkloadSchema.create(connection);
    } catch (SQLException e) {
      throw new HostException("the drill's tables were not created: " + e.getMessage(), e);
    }
    primary.sql(
        leader,
        database,
        List.of(
            "GRANT USAGE ON SCHEMA drillyard TO " + WorkloadSchema.CLIENT_ROLE,
            "GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA drillyard TO "
                + WorkloadSchema.CLIENT_ROLE));
  }

  /** Every declared member of every cluster, by name, in the environment's order. */
  Map<String, Event.Member> declared() {
    Map<String, Event.Member> members = new LinkedHashMap<>();
    for (Cluster cluster : clusters) {
      for (Host m : cluster.members()) {
        members.put(
            m.name(),
            new Event.Member(
                m.name(),
                cluster.scope(),
                m.site(),
                m.dataAddress(),
                cluster.plan().streams(m.name()) ? null : true));
      }
    }
    return members;
  }
}
