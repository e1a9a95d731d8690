package io.drillyard.cluster;

import io.drillyard.declaration.ClusterPlan;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.ledger.Lsn;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who streams from whom in one cluster, asked of the members themselves. */
final class StreamingReplication {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /**
   * Where a primary's WAL is flushed to, or how far a standby has received it; one that reads an
   * archive receives nothing, and has what it replayed.
   */
  private static final String POSITION =
      "select (case when pg_is_in_recovery()"
          + " then coalesce(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())"
          + " else pg_current_wal_flush_lsn() end)::text";

  /** Where a primary's WAL is flushed to, or how far a standby has replayed it. */
  private static final String REPLAYED =
      "select (case when pg_is_in_recovery() then pg_last_wal_replay_lsn()"
          + " else pg_current_wal_flush_lsn() end)::text";

  private static final Duration WAKE_PACE = Duration.ofMillis(300);

  private final ClusterPlan plan;
  private final List<Host> members;
  private final MemberSql sql;

  StreamingReplication(ClusterPlan plan, List<Host> members, MemberSql sql) {
    this.plan = plan;
    this.members = members;
    this.sql = sql;
  }

  /** True when a member receives WAL. */
  boolean streams(Host member) {
    return sql.count(member, "select count(*) from pg_stat_wal_receiver where status = 'streaming'")
        == 1;
  }

  /** The same, or it is in recovery and may read another cluster's archive alone. */
  boolean follows(Host member) {
    return streams(member)
        || (plan.byArchive()
            && sql.count(member, "select count(*) where pg_is_in_recovery()") == 1);
  }

  /**
   * True of a member that reads another cluster's archive alone, and lately got something there.
   */
  boolean replayedLately(Host member, StandbyClusterSettings settings) {
    return plan.byArchive() && follows(member) && sql.count(member, settings.replayedLately()) == 1;
  }

  private Host member(String name) {
    return members.stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }

  /**
   * Returns when every other member that streams at all does so at the leader's position, from the
   * leader or from another one that does.
   *
   * <p>A leader that has just bootstrapped makes its replicas' slots in its next loop, {@code
   * loop_wait} later; a replica that found none tries again only after another five seconds. So the
   * leader is woken until the slots are there.
   */
  void awaitReplicas(String leader) {
    List<String> replicas = replicas(leader);
    long direct = replicas.stream().filter(m -> plan.upstream(m) == null).count();
    BoundedWait.until(
        plan.scope() + ": " + replicas.size() + " replicas stream",
        LIMIT,
        () -> {
          if (slots(leader) < direct) {
            wake(member(leader));
            BoundedWait.quietly(WAKE_PACE, () -> slots(leader) >= direct);
          }
          return everyReplicaStreams(leader);
        },
        () -> streaming(leader) + " stream from " + leader);
  }

  /** Where a primary's WAL is flushed to, or how far a standby has replayed it; null: no answer. */
  @Nullable Long replayed(String member) {
    List<String> said = sql.texts(member(member), REPLAYED);
    return said.isEmpty() || said.getFirst() == null ? null : Lsn.parse(said.getFirst());
  }

  /** True when every other member that streams at all does so at this leader's position now. */
  boolean everyReplicaStreams(String leader) {
    return streaming(leader).containsAll(replicas(leader));
  }

  /** Who has to stream while that one leads. */
  private List<String> replicas(String leader) {
    return members.stream()
        .map(Host::name)
        .filter(name -> !name.equals(leader) && plan.streams(name))
        .toList();
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
  void awaitSynchronous(String leader) {
    long eligible = replicas(leader).stream().filter(plan::maySynchronise).count();
    long wanted = Math.min(plan.patroniNumber("synchronous_node_count", 1), eligible);
    BoundedWait.until(
        plan.scope() + ": " + wanted + " synchronous standby",
        Duration.ofMinutes(1),
        () ->
            sql.count(
                    member(leader),
                    "select count(*) from pg_stat_replication where sync_state in ('sync', 'quorum')")
                >= wanted,
        () -> "synchronous standbys of " + leader + " are fewer");
  }

  /** Returns when the leader has every declared slot, or three of Patroni's rounds have passed. */
  void awaitSlots(String leader) {
    Set<String> slots = plan.slots().keySet();
    if (!slots.isEmpty()) {
      Duration limit = Duration.ofSeconds(3L * plan.patroniNumber("loop_wait", 10) + 1);
      BoundedWait.quietly(
          limit,
          () ->
              sql.texts(member(leader), "select slot_name from pg_replication_slots")
                  .containsAll(slots));
    }
  }

  /** Names of the standbys that a primary waits for now; none when it does not answer. */
  List<String> synchronousStandbys(String leader) {
    return sql.texts(
        member(leader),
        "select application_name from pg_stat_replication"
            + " where sync_state in ('sync', 'quorum') order by 1");
  }

  /** Slots of members; a standby cluster's is another matter. */
  private int slots(String leader) {
    String names =
        members.stream()
            .map(m -> "'" + ClusterPlan.slotName(m.name()) + "'")
            .collect(Collectors.joining(", "));
    return sql.count(
        member(leader),
        "select count(*) from pg_replication_slots where slot_type = 'physical' and slot_name in ("
            + names
            + ")");
  }

  /** Members that stream at the leader's position, from it or from one of them. */
  private Set<String> streaming(String leader) {
    List<String> positions = sql.texts(member(leader), POSITION);
    if (positions.isEmpty()) {
      return Set.of();
    }
    Set<String> streaming = new LinkedHashSet<>();
    Deque<String> sources = new ArrayDeque<>(List.of(leader));
    while (!sources.isEmpty() && streaming.size() < members.size() - 1) {
      String query =
          "select application_name from pg_stat_replication where state = 'streaming'"
              + " and flush_lsn >= '"
              + positions.get(0)
              + "'";
      for (String name : sql.texts(member(sources.removeFirst()), query)) {
        boolean own = plan.members().contains(name) && !name.equals(leader);
        if (own && streaming.add(name)) {
          sources.addLast(name);
        }
      }
    }
    return streaming;
  }
}
