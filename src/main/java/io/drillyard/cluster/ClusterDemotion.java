package io.drillyard.cluster;

import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is done to a cluster that gives its lead to another one in peace: it is paused and shut
 * down, standbys first, made to follow the other one, and started again as its standby cluster.
 */
public final class ClusterDemotion {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> FOLLOWED_BY = List.of("host", "port", "restore_command");

  private final Cluster cluster;

  /** Of a cluster whose Patroni runs. */
  public ClusterDemotion(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Patroni keeps its hands off; returns when every member has heard of it. */
  public void pause() {
    Cluster.patch(cluster.members().getFirst(), "{\"pause\": true}");
    BoundedWait.until(
        cluster.scope() + ": every member is paused",
        LIMIT,
        () ->
            cluster.members().stream()
                .allMatch(m -> said(m, "patroni").path("pause").asBoolean(false)),
        () -> "");
  }

  /** Patroni takes over again. */
  public void resume() {
    Cluster.patch(cluster.members().getFirst(), "{\"pause\": null}");
  }

  /** Returns when every member receives WAL: its leader from the other cluster. */
  public void awaitFollowing() {
    BoundedWait.until(
        cluster.scope() + ": every member streams",
        Duration.ofMinutes(3),
        () -> receivingNothing().isEmpty(),
        () -> Cluster.log(cluster.members().getFirst()));
  }

  /** Names of its members that receive no WAL now, or do not answer. */
  public List<String> receivingNothing() {
    return cluster.members().stream().filter(m -> !cluster.receives(m)).map(Host::name).toList();
  }

  /** Returns when its leader accepts writes. */
  public void awaitServing() {
    BoundedWait.until(
        cluster.scope() + ": somebody leads and accepts writes",
        Duration.ofMinutes(3),
        () -> cluster.members().stream().anyMatch(cluster::acceptsWrites),
        () -> Cluster.log(cluster.members().getFirst()));
  }

  /** PostgreSQL is shut down cleanly, on the standbys first and on that leader last. */
  public void shutDown(Host leader) {
    cluster.members().stream().filter(m -> !m.equals(leader)).forEach(this::stop);
    stop(leader);
  }

  private void stop(Host member) {
    member.run(
        Command.of(
                cluster.binaries() + "/pg_ctl",
                "stop",
                "-D",
                cluster.dataDirectory(),
                "-m",
                "fast",
                "-w",
                "-t",
                Long.toString(LIMIT.toSeconds()))
            .as("postgres")
            .within(LIMIT.plusSeconds(10)));
  }

  /** A member's control file. */
  public ControlFile controlFile(Host member) {
    return ControlFile.parse(
        member
            .run(Command.of(cluster.binaries() + "/pg_controldata", "-D", cluster.dataDirectory()))
            .stdout());
  }

  /** A file of a member's WAL directory; empty: there is none. */
  public String walFile(Host member, String name) {
    return member.attempt(Command.of("cat", cluster.dataDirectory() + "/pg_wal/" + name)).stdout();
  }

  /**
   * Archives a WAL segment of a member on which nothing runs any more, by hand.
   *
   * @param name of the segment
   * @throws HostException when pgBackRest does not take it
   */
  public void archive(Host member, String name) {
    CommandResult pushed =
        cluster
            .pgBackRest()
            .attempt(member, LIMIT, "archive-push", cluster.dataDirectory() + "/pg_wal/" + name);
    if (!pushed.ok()) {
      throw new HostException(
          "%s: segment %s was not archived: %s"
              .formatted(member.name(), name, (pushed.stdout() + pushed.stderr()).strip()));
    }
  }

  /** From now on it is a standby cluster of another one, once anything of it runs. */
  public void follow(Cluster other) {
    Cluster.patch(
        cluster.members().getFirst(),
        JSON.writeValueAsString(Map.of("standby_cluster", cluster.following(other.plan()))));
  }

  /** From now on it follows nobody, once anything of it runs. */
  public void followNobody() {
    Cluster.patch(cluster.members().getFirst(), "{\"standby_cluster\": null}");
  }

  /** Names of its members on which PostgreSQL runs, or of which nobody knows. */
  public List<String> running() {
    List<String> running = new ArrayList<>();
    for (Host member : cluster.members()) {
      // pgrep: 1 where no process matched.
      if (member.attempt(Command.of("pgrep", "-x", "postgres")).exit() != 1) {
        running.add(member.name());
      }
    }
    return running;
  }

  /** Why it could lead now, in words: by what it is told, or because it runs; empty: it cannot. */
  public List<String> couldLead() {
    List<String> why = new ArrayList<>(able());
    running().forEach(member -> why.add("PostgreSQL runs on " + member));
    return why;
  }

  /** Why it could lead, by the configuration that each member's Patroni tells; empty: it cannot. */
  public List<String> able() {
    List<String> able = new ArrayList<>();
    for (Host member : cluster.members()) {
      try {
        if (!follows(said(member, "config"))) {
          able.add("Patroni on " + member.name() + " follows no other cluster");
        }
      } catch (HostException e) {
        able.add("Patroni on " + member.name() + " does not say whom it follows");
      }
    }
    return able;
  }

  /** True where the configuration that a Patroni tells makes it follow another cluster. */
  public static boolean follows(String configuration) {
    try {
      return follows(JSON.readTree(configuration));
    } catch (JacksonException e) {
      return false;
    }
  }

  private static boolean follows(JsonNode configuration) {
    // Patroni takes a section without any of these for none at all, and promotes.
    JsonNode standby = configuration.path("standby_cluster");
    return FOLLOWED_BY.stream().anyMatch(key -> !standby.path(key).asString("").isEmpty());
  }

  private static JsonNode said(Host member, String what) {
    // Patroni answers 503 where PostgreSQL does not run, and tells its state all the same.
    return JSON.readTree(
        member
            .run(
                Command.of(
                    "curl", "-s", "-m5", "http://127.0.0.1:" + Patroni.REST_PORT + "/" + what))
            .stdout());
  }
}
