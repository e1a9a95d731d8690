package io.drillyard.check;

import io.drillyard.ledger.ClusterRebuilt;
import io.drillyard.ledger.Event;

/**
 * Which clusters were made to follow another one during a drill. Whoever holds the leader key of
 * such a cluster leads its standbys and accepts nothing: that he has it is no promotion. Should he
 * accept a commit, that is seen and judged as everybody's.
 */
final class FollowingClusters {
  /** Before the verb of a takeover that belongs to an earlier episode: it permits nothing more. */
  static final String EARLIER = "earlier-";

  private FollowingClusters() {}

  /**
   * True of a cluster that had been rebuilt as a follower, or was seen demoted to one, and was not
   * promoted since.
   */
  static boolean follows(LedgerViews history, String cluster, long ns) {
    long sinceNs = Long.MIN_VALUE;
    for (ClusterRebuilt rebuilt : history.of(ClusterRebuilt.class)) {
      if (rebuilt.cluster().equals(cluster) && rebuilt.at().startNs() <= ns) {
        sinceNs = Math.max(sinceNs, rebuilt.at().startNs());
      }
    }
    for (Event.Action action : history.of(Event.Action.class)) {
      if (action.subject().equals(cluster)
          && action.verb().equals(HandoverIsProved.DEMOTED)
          && action.at().endNs() <= ns) {
        sinceNs = Math.max(sinceNs, action.at().endNs());
      }
    }
    if (sinceNs == Long.MIN_VALUE) {
      return false;
    }
    for (Event.Action action : history.of(Event.Action.class)) {
      if (action.subject().equals(cluster)
          && FenceHeld.TAKEOVERS.contains(action.verb().replaceFirst("^" + EARLIER, ""))
          && action.at().endNs() >= sinceNs
          && action.at().startNs() <= ns) {
        return false;
      }
    }
    return true;
  }
}
