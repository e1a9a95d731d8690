package io.drillyard.check;

import io.drillyard.ledger.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What standbys said of their own standbys, for {@link Followers} at any moment of a run. */
final class CascadingStandbys {
  /** What a standby said of its own standbys counts for so long. */
  private static final long FRESH_NS = 5_000_000_000L;

  private final Map<String, List<Event.Relayed>> byMember = new HashMap<>();

  private final Map<String, Event.Member> members;

  CascadingStandbys(LedgerViews history) {
    members = history.members();
    for (Event.Relayed look : history.of(Event.Relayed.class)) {
      byMember.computeIfAbsent(look.member(), m -> new ArrayList<>()).add(look);
    }
  }

  /**
   * The standbys that stream and have flushed at least up to a position.
   *
   * @param look what the leader said
   * @param goal LSN; at a standby's standbys it is asked for as well, though they were looked at
   *     earlier
   */
  Set<String> followers(Event.Standbys look, long goal) {
    return Followers.of(
        look.member(),
        look.standbys(),
        goal,
        member -> relayed(member, look.at().startNs()),
        members);
  }

  /** The same, of the members of every cluster. */
  Set<String> followersAnywhere(Event.Standbys look, long goal) {
    return Followers.ofAnyCluster(
        look.member(),
        look.standbys(),
        goal,
        member -> relayed(member, look.at().startNs()),
        members);
  }

  /** What a standby said last before a moment, if that is not too long ago. */
  private List<Event.Standby> relayed(String member, long atNs) {
    List<Event.Relayed> looks = byMember.getOrDefault(member, List.of());
    int from = 0;
    int to = looks.size();
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (looks.get(middle).at().startNs() <= atNs) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    if (from == 0 || atNs - looks.get(from - 1).at().startNs() > FRESH_NS) {
      return List.of();
    }
    return looks.get(from - 1).standbys();
  }
}
