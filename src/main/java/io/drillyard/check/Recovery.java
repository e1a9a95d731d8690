package io.drillyard.check;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Slice;
import io.drillyard.target.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When routed clients were served after the disruption, and when not.
 *
 * <p>Service is a routed acknowledgement that survives at the end; what a doomed primary went on
 * acknowledging is none. An outage is a gap between two such acknowledgements, by their return,
 * that is longer than the target's threshold.
 */
final class Recovery {
  /** Between the last acknowledgement before it and the first one after it. */
  record Outage(Event.Write before, Event.Write after) {
    long startNs() {
      return before.at().endNs();
    }

    long endNs() {
      return after.at().endNs();
    }
  }

  private final @Nullable String problem;
  private final List<Outage> outages = new ArrayList<>();
  private final Slice<Event.Write> failures;
  private Event.@Nullable Write last;
  private Event.@Nullable Write firstAtNewMember;
  private long longestGapNs;
  private long lastSeenNs = Long.MIN_VALUE;
  private Event.@Nullable Write lastBefore;
  private final long thresholdNs;

  /**
   * Of one routed writer, or of all together.
   *
   * @param writer null: all, as if they were one client
   */
  Recovery(History history, Target target, Event.Injected disruption, @Nullable String writer) {
    Survivors survivors = history.survivors(target);
    problem = survivors.problem();
    // A threshold above the RTO would let an outage pass that is longer than declared.
    thresholdNs = Math.min(target.outageThreshold().toNanos(), target.objective().rto().toNanos());
    failures = history.slice();
    Slice<Event.Write> served = history.slice();
    long injectedNs = disruption.at().startNs();
    Slice<Event.Write> writes = writer == null ? history.routed() : history.routedBy(writer);
    for (int i = 0; i < writes.size(); i++) {
      Event.Write write = writes.get(i);
      if (write.acknowledged()
          && write.at().endNs() <= injectedNs
          && (lastBefore == null || write.at().endNs() > lastBefore.at().endNs())) {
        lastBefore = write;
      }
      if (!survivors.covers(write)) {
        continue;
      }
      lastSeenNs = Math.max(lastSeenNs, write.at().endNs());
      if (!write.acknowledged() && write.at().startNs() >= injectedNs) {
        failures.take(writes.place(i));
      } else if (write.acknowledged() && survivors.holds(write)) {
        served.take(writes.place(i));
      }
    }
    served.sortByEnd();
    failures.sortByEnd();
    walk(served, injectedNs, Leadership.leaderBefore(history, disruption));
  }

  private void walk(Slice<Event.Write> served, long injectedNs, @Nullable String oldLeader) {
    // Where nothing from before the injection survived, the last that was served then is asked.
    Event.Write before = lastBefore;
    for (Event.Write write : served) {
      if (before != null && write.at().endNs() > injectedNs) {
        long gap = write.at().endNs() - before.at().endNs();
        longestGapNs = Math.max(longestGapNs, gap);
        if (gap > thresholdNs) {
          outages.add(new Outage(before, write));
        }
        if (firstAtNewMember == null
            && write.at().startNs() >= injectedNs
            && oldLeader != null
            && write.member() != null
            && !oldLeader.equals(write.member())) {
          firstAtNewMember = write;
        }
      }
      before = write;
      last = write;
    }
  }

  /** Why nothing can be said; null when something can. */
  @Nullable String problem() {
    return problem;
  }

  /** Outages that ended after the injection began, in order. */
  List<Outage> outages() {
    return outages;
  }

  /** The last surviving acknowledgement of all. */
  Event.@Nullable Write last() {
    return last;
  }

  /** The first surviving routed write that another member than the old leader served. */
  Event.@Nullable Write firstAtNewMember() {
    return firstAtNewMember;
  }

  /** The longest time between two surviving acknowledgements, outage or not. */
  long longestGapNs() {
    return longestGapNs;
  }

  /** When the last routed write returned, whatever came of it. */
  long lastSeenNs() {
    return lastSeenNs;
  }

  /** True when something was acknowledged, surviving or not, right before the injection. */
  boolean servedAt(Event.Injected disruption, Target target) {
    return lastBefore != null
        && disruption.at().startNs() - lastBefore.at().endNs()
            <= target.outageThreshold().toNanos();
  }

  /** True when routed writes went on for longer than the threshold and none was served. */
  boolean stillOut() {
    return last != null && lastSeenNs - last.at().endNs() > thresholdNs;
  }

  /** The last routed write that was sent after the injection and failed before that moment. */
  Event.@Nullable Write lastFailureBefore(long returnedNs) {
    Event.Write found = null;
    for (Event.Write failure : failures) {
      if (failure.at().endNs() >= returnedNs) {
        break;
      }
      found = failure;
    }
    return found;
  }

  /** The routed write that failed first after the injection. */
  Event.@Nullable Write firstFailure() {
    return failures.isEmpty() ? null : failures.get(0);
  }
}
