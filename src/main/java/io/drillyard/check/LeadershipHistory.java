package io.drillyard.check;

import io.drillyard.ledger.Event;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who led, by the leader key and by what the members themselves accepted. */
final class LeadershipHistory {
  private LeadershipHistory() {}

  /** The Patroni leader when a fault was injected; null when nobody recorded it. */
  static @Nullable String leaderBefore(LedgerViews history, Event.Injected fault) {
    return leaderAt(history, fault.at().startNs());
  }

  /** The Patroni leader at some time; null when nobody recorded it. */
  static @Nullable String leaderAt(LedgerViews history, long ns) {
    String leader = null;
    for (Event.Topology topology : history.of(Event.Topology.class)) {
      if (topology.at().startNs() <= ns && topology.leader() != null) {
        leader = topology.leader();
      }
    }
    String cluster = history.cluster(leader);
    for (Event.LeaderKey key : history.of(Event.LeaderKey.class)) {
      if (key.at().endNs() < ns
          && key.holder() != null
          && (cluster == null || cluster.equals(key.cluster()))) {
        leader = key.holder();
      }
    }
    return leader;
  }

  /** Who was last seen to hold the leader key of a cluster before some time; null: nobody. */
  static @Nullable String holderAt(LedgerViews history, String cluster, long ns) {
    String holder = null;
    for (Event.LeaderKey key : history.of(Event.LeaderKey.class)) {
      if (key.at().endNs() < ns && key.cluster().equals(cluster)) {
        holder = key.holder();
      }
    }
    return holder;
  }

  /** The first change of the leader key away from that leader, gone or taken over. */
  static Event.@Nullable LeaderKey lost(LedgerViews history, String leader, long fromNs) {
    String cluster = history.cluster(leader);
    for (Event.LeaderKey key : history.of(Event.LeaderKey.class)) {
      if (key.at().endNs() >= fromNs
          && key.cluster().equals(cluster)
          && !leader.equals(key.holder())) {
        return key;
      }
    }
    return null;
  }

  /** The first time that another member held a leader key. */
  static Event.@Nullable LeaderKey taken(LedgerViews history, String leader, long fromNs) {
    for (Event.LeaderKey key : history.of(Event.LeaderKey.class)) {
      if (key.at().endNs() >= fromNs && key.holder() != null && !leader.equals(key.holder())) {
        return key;
      }
    }
    return null;
  }

  /** The first sign that another member is a primary: it let a probe commit, or took the key. */
  static @Nullable Event promoted(LedgerViews history, String leader, long fromNs) {
    for (Event.Probed probe : history.of(Event.Probed.class)) {
      if (probe.at().startNs() >= fromNs
          && probe.result() == Event.ProbeResult.COMMITTED
          && !probe.inRecovery()
          && !probe.member().equals(leader)) {
        return probe;
      }
    }
    return taken(history, leader, fromNs);
  }

  /** The first probe of that member that did not commit. */
  static Event.@Nullable Probed refused(LedgerViews history, @Nullable String member, long fromNs) {
    for (Event.Probed probe : history.of(Event.Probed.class)) {
      if (probe.at().startNs() >= fromNs
          && probe.result() != Event.ProbeResult.COMMITTED
          && Objects.equals(probe.member(), member)) {
        return probe;
      }
    }
    return null;
  }
}
