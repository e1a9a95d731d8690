package io.drillyard.check;

import io.drillyard.ledger.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A member became a primary after the first fault.
 *
 * @param notBeforeNs the latest time at which it was still seen not to be one; the start of the
 *     ledger's time where nobody looked
 * @param seenNs by then it was one
 */
record ObservedPromotion(String member, @Nullable String cluster, long notBeforeNs, long seenNs) {
  /** How far behind the promotion the watch of the leader key may be. */
  private static final long WATCH_LAG_NS = 5_000_000_000L;

  /** Who is behind it, as far as the ledger tells. */
  enum By {
    /** The cluster manager: the member held the leader key. */
    LEASE,
    /** The member accepted commits without ever holding the watched leader key. */
    SOMEBODY_ELSE,
    /** Nobody watched that leader key. */
    NOBODY_WATCHED
  }

  /** All promotions after the first fault, one per member and timeline. */
  static List<ObservedPromotion> of(LedgerViews history, Event.Injected disruption) {
    long fromNs = disruption.at().startNs();
    List<ObservedPromotion> found = new ArrayList<>();
    Map<String, Boolean> committed = new LinkedHashMap<>();
    for (MemberCommitSpan spell : history.spells()) {
      if (spell.firstSentNs() >= fromNs) {
        committed.put(spell.member(), true);
        found.add(at(history, spell.member(), spell.firstReturnedNs(), spell.timeline()));
      }
    }
    String leader = LeadershipHistory.leaderBefore(history, disruption);
    for (Event.LeaderKey key : history.of(Event.LeaderKey.class)) {
      String holder = key.holder();
      if (holder != null
          && key.at().startNs() >= fromNs
          && !holder.equals(leader)
          && !FollowingClusters.follows(history, key.cluster(), key.at().startNs())
          && committed.putIfAbsent(holder, true) == null) {
        found.add(
            new ObservedPromotion(holder, key.cluster(), key.at().startNs(), key.at().endNs()));
      }
    }
    return found;
  }

  private static ObservedPromotion at(
      LedgerViews history, String member, long seenNs, int timeline) {
    long notBefore = Long.MIN_VALUE;
    for (Event event : history.looks(member)) {
      if (event.at().startNs() >= seenNs) {
        break;
      }
      // By their starts: one that hung may stand before others that were over sooner.
      if (event instanceof Event.Probed probe
          && probe.at().endNs() < seenNs
          && isNoPrimary(probe, timeline)) {
        notBefore = probe.at().startNs();
      }
    }
    return new ObservedPromotion(member, history.cluster(member), notBefore, seenNs);
  }

  private static boolean isNoPrimary(Event.Probed probe, int timeline) {
    WritabilityLook look = WritabilityLook.of(probe);
    // An older timeline: it was a primary before, and not of this branch yet.
    return look.showsNoPrimary()
        || (look == WritabilityLook.COMMITTED && probe.timeline() < timeline);
  }

  /** Whether the leader key was behind it. */
  By by(LedgerViews history) {
    HarnessStalls stalls = history.stalls();
    String holder = null;
    boolean watched = false;
    for (Event.LeaderKey key : history.of(Event.LeaderKey.class)) {
      if (!key.cluster().equals(cluster)) {
        continue;
      }
      watched = true;
      if (key.at().startNs() <= seenNs) {
        holder = key.holder();
      } else if (member.equals(key.holder())) {
        long lateNs = key.at().startNs() - seenNs - WATCH_LAG_NS;
        if (lateNs <= 0) {
          return By.LEASE;
        }
        // The harness stood still meanwhile: nobody watched.
        watched &= lateNs > stalls.within(seenNs, key.at().endNs());
      }
    }
    if (member.equals(holder)) {
      return By.LEASE;
    }
    return watched ? By.SOMEBODY_ELSE : By.NOBODY_WATCHED;
  }

  /** True when an action or order concerns this member, its cluster or its site. */
  boolean concerns(LedgerViews history, String subject) {
    Event.Member known = history.members().get(member);
    return subject.equals(member)
        || subject.equals(cluster)
        || (known != null && subject.equals(known.site()));
  }
}
