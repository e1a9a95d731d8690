package io.drillyard.check;

import io.drillyard.ledger.Event;
import org.jspecify.annotations.Nullable;

/**
 * Whose acknowledgements a client could rely on: the leader of the injection, before it, and also
 * after it (cut off, as it may have been) until a member on a newer branch accepts its first
 * commit.
 */
final class RightfulPrimary {
  private final LedgerViews history;
  private final @Nullable String leader;

  private final @Nullable TimelineBranch surviving;

  RightfulPrimary(LedgerViews history, SurvivingRows survivors) {
    this.history = history;
    Event.RowsRead read = survivors.read();
    surviving = read == null ? null : history.branches().resolve(read.member(), read.timeline());
    Event.Injected disruption = history.faults().disruption();
    leader = disruption == null ? null : LeadershipHistory.leaderBefore(history, disruption);
  }

  /** True when this acknowledged write is one of its own. */
  boolean acknowledged(Event.Write write) {
    return onTrunk(write)
        || (leader != null
            && leader.equals(write.member())
            && write.at().endNs() < succeededNs(write.timeline()));
  }

  /** Written on the branch that survived, before any other left it: it must be there. */
  private boolean onTrunk(Event.Write write) {
    TimelineBranch branch = history.branches().resolve(write.member(), write.timeline());
    if (branch == null || surviving == null || write.lsn() == 0 || !branch.leadsTo(surviving)) {
      return false;
    }
    Long fork = branch.forkTo(surviving);
    return fork == null || Long.compareUnsigned(write.lsn(), fork) < 0;
  }

  /** When the first commit on a newer branch than that timeline of the leader was sent. */
  private long succeededNs(int timeline) {
    TimelineBranch own = history.branches().resolve(leader, timeline);
    long first = Long.MAX_VALUE;
    for (MemberCommitSpan spell : history.spells()) {
      TimelineBranch other = spell.branch();
      boolean newer =
          (own == null || other == null) ? spell.timeline() > timeline : own.forkTo(other) != null;
      if (newer && !spell.member().equals(leader)) {
        first = Math.min(first, spell.firstSentNs());
      }
    }
    return first;
  }
}
