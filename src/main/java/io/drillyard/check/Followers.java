package io.drillyard.check;

import io.drillyard.ledger.Event;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who follows a leader, directly or through other standbys. A standby that another standby lists
 * follows only if that one follows itself: two that stream from each other follow nobody.
 */
public final class Followers {
  private static final String STREAMING = "streaming";

  private Followers() {}

  /** False of a member that is told to read the archive: nobody waits for it to stream. */
  public static boolean streams(Event.@Nullable Member declared) {
    return declared == null || !Boolean.TRUE.equals(declared.archiveOnly());
  }

  /**
   * The standbys that stream and have flushed at least up to a position: one whose host is gone is
   * listed as streaming until wal_sender_timeout.
   *
   * @param leader who lists them; of what it lists, {@link #own} counts
   * @param direct what it lists
   * @param goal LSN; asked for at a standby's standbys as well
   * @param relayed what a standby lists; none when it was not asked lately
   * @param members the declared ones, by name
   */
  public static Set<String> of(
      String leader,
      List<Event.Standby> direct,
      long goal,
      Function<String, List<Event.Standby>> relayed,
      Map<String, Event.Member> members) {
    return of(leader, direct, goal, relayed, (rows, upstream) -> own(rows, upstream, members));
  }

  /** The same of declared members of every cluster: also of those that follow another one. */
  static Set<String> ofAnyCluster(
      String leader,
      List<Event.Standby> direct,
      long goal,
      Function<String, List<Event.Standby>> relayed,
      Map<String, Event.Member> members) {
    return of(leader, direct, goal, relayed, (rows, upstream) -> declared(rows, upstream, members));
  }

  private static Set<String> of(
      String leader,
      List<Event.Standby> direct,
      long goal,
      Function<String, List<Event.Standby>> relayed,
      BiFunction<List<Event.Standby>, String, List<Event.Standby>> admitted) {
    Set<String> followers = new HashSet<>();
    Deque<List<Event.Standby>> lists = new ArrayDeque<>(List.of(admitted.apply(direct, leader)));
    while (!lists.isEmpty()) {
      for (Event.Standby standby : lists.removeFirst()) {
        if (standby.state().equals(STREAMING)
            && Long.compareUnsigned(standby.flushLsn(), goal) >= 0
            && !standby.member().equals(leader)
            && followers.add(standby.member())) {
          lists.addLast(admitted.apply(relayed.apply(standby.member()), standby.member()));
        }
      }
    }
    return followers;
  }

  /**
   * The rows of declared members of the same cluster. Anybody may connect for replication (a
   * pg_receivewal, a second cluster) and call itself what it likes: a name that is not declared, of
   * another cluster, or that comes from another host's address than the declared one, is a
   * stranger. A row that comes from the listing member's own address came through a proxy there,
   * and one without an address came over its socket (or was listed before addresses were): such a
   * row counts only if it replays, which a receiver of WAL never does.
   *
   * @param upstream who lists them
   * @param members the declared ones, by name
   */
  public static List<Event.Standby> own(
      List<Event.Standby> rows, String upstream, Map<String, Event.Member> members) {
    Event.Member above = members.get(upstream);
    return above == null
        ? List.of()
        : rows.stream().filter(row -> own(row, above, members.get(row.member()))).toList();
  }

  private static boolean own(
      Event.Standby row, Event.Member upstream, Event.@Nullable Member declared) {
    return declared != null
        && declared.cluster().equals(upstream.cluster())
        && comesFrom(row, upstream, declared);
  }

  /** The rows of declared members of whatever cluster, and of no stranger with such a name. */
  static List<Event.Standby> declared(
      List<Event.Standby> rows, String upstream, Map<String, Event.Member> members) {
    Event.Member above = members.get(upstream);
    return above == null
        ? List.of()
        : rows.stream()
            .filter(
                row -> {
                  Event.Member declared = members.get(row.member());
                  return declared != null && comesFrom(row, above, declared);
                })
            .toList();
  }

  private static boolean comesFrom(
      Event.Standby row, Event.Member upstream, Event.Member declared) {
    if (declared.name().equals(upstream.name())) {
      return false;
    }
    String from = row.address();
    if (from == null || from.equals(upstream.dataAddress())) {
      return row.replayLsn() != 0;
    }
    return declared.dataAddress().isEmpty() || from.equals(declared.dataAddress());
  }
}
