package io.drillyard.check;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Lsn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A branch of history: system identifier, timeline and the forks that led to it.
 *
 * <p>Never a timeline number alone: two sites can choose the same number.
 *
 * @param system PostgreSQL's system identifier
 * @param timeline the number this branch goes by
 * @param forks where its ancestors ended, oldest first; empty for timeline 1
 */
public record TimelineBranch(String system, int timeline, List<Event.Fork> forks) {
  /** Copies the forks. */
  public TimelineBranch {
    forks = List.copyOf(forks);
  }

  /**
   * Where a descendant left this branch: everything here beyond that LSN is not in the descendant.
   *
   * @return null when {@code other} does not descend from this branch (or is this branch)
   */
  public @Nullable Long forkTo(TimelineBranch other) {
    int depth = forks.size();
    if (!system.equals(other.system) || other.forks.size() <= depth) {
      return null;
    }
    Event.Fork left = other.forks.get(depth);
    boolean sameTrunk = other.forks.subList(0, depth).equals(forks);
    return sameTrunk && left.parentTimeline() == timeline ? left.lsn() : null;
  }

  /**
   * True when a position on this branch lies beyond the point where {@code other} left it. Exactly
   * there is neither beyond nor before: what a commit names is where the WAL stood before its
   * commit record.
   */
  public boolean beyondFork(TimelineBranch other, long lsn) {
    Long fork = forkTo(other);
    return fork != null && Long.compareUnsigned(lsn, fork) > 0;
  }

  /** True when this is the other branch, or an ancestor of it. */
  public boolean leadsTo(TimelineBranch other) {
    return equals(other) || forkTo(other) != null;
  }

  /** For a person: {@code timeline 2 (forked from 1 at 0/5000000)}. */
  public String words() {
    if (forks.isEmpty()) {
      return "timeline " + timeline;
    }
    Event.Fork last = forks.get(forks.size() - 1);
    return "timeline %d (forked from %d at %s)"
        .formatted(timeline, last.parentTimeline(), Lsn.format(last.lsn()));
  }
}
