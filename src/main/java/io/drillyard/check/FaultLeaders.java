package io.drillyard.check;

import io.drillyard.ledger.Event;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who led the cluster in which a fault was aimed, while its targets were named. */
final class FaultLeaders {
  /** A primary under load, or watched, is seen to commit more often than that. */
  static final long COMMITS_NS = 2_000_000_000L;

  private final LedgerViews history;
  private final Event.Injected fault;
  private final long fromNs;
  private final @Nullable String scope;

  /**
   * Of a fault.
   *
   * @param fromNs since when its targets were named
   * @param scope of the cluster in which the part was played; null: the one that served
   */
  FaultLeaders(LedgerViews history, Event.Injected fault, long fromNs, @Nullable String scope) {
    this.history = history;
    this.fault = fault;
    this.fromNs = fromNs;
    this.scope = scope;
  }

  /** Who held the leader key when the parts were named, and until the fault was in force. */
  Set<String> leaders() {
    Set<String> leaders = new HashSet<>();
    String before =
        scope == null
            ? LeadershipHistory.leaderAt(history, fromNs)
            : LeadershipHistory.holderAt(history, scope, fromNs);
    if (before != null) {
      leaders.add(before);
    }
    String cluster = cluster();
    for (Event.LeaderKey key : history.of(Event.LeaderKey.class)) {
      if (key.holder() != null
          && (cluster == null || cluster.equals(key.cluster()))
          && key.at().endNs() >= fromNs
          && key.at().startNs() <= fault.at().endNs()) {
        leaders.add(key.holder());
      }
    }
    return leaders;
  }

  @Nullable String cluster() {
    return scope == null
        ? history.cluster(LeadershipHistory.leaderAt(history, fault.at().startNs()))
        : scope;
  }

  /**
   * Another member that alone was seen to accept commits right before, although that one held the
   * key for as long; null when there is none. Both may be primaries: then it was one of them.
   */
  @Nullable String committedInstead(String host) {
    long since = Math.max(fromNs - COMMITS_NS, holdsSince(host));
    String cluster = history.cluster(host);
    String other = null;
    for (Event.Probed probe : history.of(Event.Probed.class)) {
      if (probe.result() == Event.ProbeResult.COMMITTED
          && !probe.inRecovery()
          && within(probe, since)) {
        if (probe.member().equals(host)) {
          return null;
        }
        other =
            cluster != null && cluster.equals(history.cluster(probe.member()))
                ? probe.member()
                : other;
      }
    }
    for (Event.Write write : history.writes()) {
      String member = write.member();
      if (write.acknowledged() && member != null && within(write, since)) {
        if (member.equals(host)) {
          return null;
        }
        other = cluster != null && cluster.equals(history.cluster(member)) ? member : other;
      }
    }
    return other;
  }

  private boolean within(Event event, long since) {
    return event.at().startNs() >= since && event.at().endNs() <= fault.at().startNs();
  }

  private long holdsSince(String host) {
    long since = Long.MIN_VALUE;
    for (Event.LeaderKey key : history.of(Event.LeaderKey.class)) {
      if (key.at().startNs() <= fault.at().startNs() && host.equals(key.holder())) {
        since = key.at().endNs();
      }
    }
    return since;
  }
}
