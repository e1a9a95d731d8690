package io.drillyard.workload;

import io.drillyard.ledger.Event;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a writer has come.
 *
 * @param highestAcknowledged sequence; a later one may have returned before; 0: none
 * @param lastAcknowledged its last acknowledged write (by return), if any
 */
public record WriteTally(
    long acknowledged,
    long refused,
    long unknown,
    long highestAcknowledged,
    Event.@Nullable Write lastAcknowledged) {
  /**
   * Highest acknowledged sequence of every writer whose last write one of these members
   * acknowledged, on the newest timeline on which any of them did.
   *
   * @param tallies by writer
   */
  static Map<String, Long> acknowledgedBy(
      Map<String, WriteTally> tallies, Collection<String> members) {
    Map<String, Long> last = new TreeMap<>();
    int newest = 0;
    for (Map.Entry<String, WriteTally> each : tallies.entrySet()) {
      Event.Write write = each.getValue().lastAcknowledged();
      if (write == null || !members.contains(write.member()) || write.timeline() < newest) {
        continue;
      }
      if (write.timeline() > newest) {
        newest = write.timeline();
        last.clear();
      }
      last.put(each.getKey(), each.getValue().highestAcknowledged());
    }
    return last;
  }

  /** Counts writes as they are recorded. */
  static final class Counter {
    private WriteTally tally = new WriteTally(0, 0, 0, 0, null);

    synchronized void count(Event.Write write) {
      WriteTally t = tally;
      tally =
          switch (write.outcome()) {
            case ACKNOWLEDGED ->
                new WriteTally(
                    t.acknowledged + 1,
                    t.refused,
                    t.unknown,
                    Math.max(t.highestAcknowledged, write.sequence()),
                    later(t.lastAcknowledged, write));
            case REFUSED ->
                new WriteTally(
                    t.acknowledged,
                    t.refused + 1,
                    t.unknown,
                    t.highestAcknowledged,
                    t.lastAcknowledged);
            case UNKNOWN ->
                new WriteTally(
                    t.acknowledged,
                    t.refused,
                    t.unknown + 1,
                    t.highestAcknowledged,
                    t.lastAcknowledged);
          };
    }

    synchronized WriteTally tally() {
      return tally;
    }
  }

  /** The one that returned later. */
  static Event.Write later(Event.@Nullable Write one, Event.Write other) {
    return one != null && one.at().endNs() >= other.at().endNs() ? one : other;
  }
}
