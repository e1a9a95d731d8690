package io.drillyard.check;

import io.drillyard.ledger.Event;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Who follows a leader, directly or through other standbys. A standby that another standby lists
 * follows only if that one follows itself: two that stream from each other follow nobody.
 */
public final class Followers {
  private static final String STREAMING = "streaming";

  private Followers() {}

  /**
   * The standbys that stream and have flushed at least up to a position: one whose host is gone is
   * listed as streaming until wal_sender_timeout.
   *
   * @param direct what the leader lists
   * @param goal LSN; asked for at a standby's standbys as well
   * @param relayed what a standby lists; none when it was not asked lately
   */
  public static Set<String> of(
      List<Event.Standby> direct, long goal, Function<String, List<Event.Standby>> relayed) {
    Set<String> followers = new HashSet<>();
    Deque<List<Event.Standby>> lists = new ArrayDeque<>(List.of(direct));
    while (!lists.isEmpty()) {
      for (Event.Standby standby : lists.removeFirst()) {
        if (standby.state().equals(STREAMING)
            && Long.compareUnsigned(standby.flushLsn(), goal) >= 0
            && followers.add(standby.member())) {
          lists.addLast(relayed.apply(standby.member()));
        }
      }
    }
    return followers;
  }
}
