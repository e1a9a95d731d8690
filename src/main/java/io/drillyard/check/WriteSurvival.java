package io.drillyard.check;

import io.drillyard.check.Finding.Measured;
import io.drillyard.declaration.Rpo;
import io.drillyard.ledger.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every write of a run against what survived.
 *
 * <p>Lost are acknowledged writes of routed clients, and those of pinned ones that the only,
 * rightful primary acknowledged: {@link RightfulPrimary}. Whatever a doomed primary acknowledged
 * beside its successor is reported apart; that it could is {@link NoSplitBrain}'s concern.
 */
final class WriteSurvival {
  private final HarnessStalls stalls;
  private final RightfulPrimary rightful;
  private final List<Event.Write> lost = new ArrayList<>();
  private long judged;
  private long warned;
  private long pinnedLost;
  private long unknownPresent;
  private long unknownAbsent;
  private long refusedPresent;
  private long lateAbsent;

  WriteSurvival(LedgerViews history, SurvivingRows survivors) {
    stalls = history.stalls();
    rightful = new RightfulPrimary(history, survivors);
    for (Event.Write write : history.writes()) {
      boolean present = survivors.holds(write);
      switch (write.outcome()) {
        case ACKNOWLEDGED -> acknowledged(write, present, survivors.covers(write));
        case REFUSED -> refusedPresent += present ? 1 : 0;
        case UNKNOWN -> {
          unknownPresent += present ? 1 : 0;
          unknownAbsent += present ? 0 : 1;
        }
      }
    }
  }

  private void acknowledged(Event.Write write, boolean present, boolean covered) {
    if (!write.routed()) {
      boolean gone = covered && !present;
      pinnedLost += gone ? 1 : 0;
      if (gone && rightful.acknowledged(write)) {
        lost.add(write);
      }
      return;
    }
    warned += write.warning() == null ? 0 : 1;
    if (!covered) {
      lateAbsent += present ? 0 : 1;
      return;
    }
    judged++;
    if (!present) {
      lost.add(write);
    }
  }

  /** What the declaration limits, in its own unit. */
  Measured measured(Rpo rpo, Event.@Nullable Injected fault) {
    return switch (rpo) {
      case Rpo.Transactions t ->
          new Measured(lost.size(), lost.size(), (double) t.most(), "transactions");
      case Rpo.Time t -> {
        long[] span = spanNs(fault);
        yield FindingBuilder.ms(span[0], span[1], t.most());
      }
    };
  }

  /**
   * The larger of (last lost ack's return − oldest lost write's sent) and (fault − oldest lost
   * write's sent): each commit lies somewhere between sent and returned, hence two bounds.
   */
  private long[] spanNs(Event.@Nullable Injected fault) {
    if (lost.isEmpty()) {
      return new long[] {0, 0};
    }
    long firstSent = Long.MAX_VALUE;
    long firstReturned = Long.MAX_VALUE;
    long lastSent = Long.MIN_VALUE;
    long lastReturned = Long.MIN_VALUE;
    for (Event.Write write : lost) {
      firstSent = Math.min(firstSent, write.at().startNs());
      firstReturned = Math.min(firstReturned, write.at().endNs());
      lastSent = Math.max(lastSent, write.at().startNs());
      lastReturned = Math.max(lastReturned, write.at().endNs());
    }
    if (fault != null) {
      lastSent = Math.max(lastSent, fault.at().startNs());
      lastReturned = Math.max(lastReturned, fault.at().endNs());
    }
    // While the harness stood still nobody knows what else was acknowledged, and none was asked
    // for.
    long stood = stalls.longWithin(firstSent, lastReturned);
    return new long[] {lastSent - firstReturned - stood, lastReturned - firstSent};
  }

  /** Acknowledged writes that are absent and should not be, oldest first. */
  List<Event.Write> lost() {
    return lost;
  }

  /** Acknowledged routed writes that the read-back must hold. */
  long judged() {
    return judged;
  }

  long warned() {
    return warned;
  }

  long pinnedLost() {
    return pinnedLost;
  }

  long unknownPresent() {
    return unknownPresent;
  }

  long unknownAbsent() {
    return unknownAbsent;
  }

  long refusedPresent() {
    return refusedPresent;
  }

  /** Acknowledged too late for the read-back to hold them, and not in it. */
  long lateAbsent() {
    return lateAbsent;
  }
}
