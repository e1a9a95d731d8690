package io.drillyard.check;

import io.drillyard.ledger.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Intervals of time, merged where they touch. */
final class TimeSpans {
  private final long[] starts;
  private final long[] ends;
  private final long[] before;

  TimeSpans(List<Interval> intervals) {
    List<Interval> sorted = new ArrayList<>(intervals);
    sorted.sort(Comparator.comparingLong(Interval::startNs));
    List<Interval> merged = new ArrayList<>();
    for (Interval next : sorted) {
      int last = merged.size() - 1;
      if (last >= 0 && next.startNs() <= merged.get(last).endNs()) {
        Interval open = merged.get(last);
        merged.set(last, new Interval(open.startNs(), Math.max(open.endNs(), next.endNs())));
      } else {
        merged.add(next);
      }
    }
    starts = merged.stream().mapToLong(Interval::startNs).toArray();
    ends = merged.stream().mapToLong(Interval::endNs).toArray();
    before = new long[starts.length + 1];
    for (int i = 0; i < starts.length; i++) {
      before[i + 1] = before[i] + ends[i] - starts[i];
    }
  }

  long before(long ns) {
    int at = java.util.Arrays.binarySearch(starts, ns);
    int begun = at >= 0 ? at : -at - 1;
    // Of those that had begun, the last may not have ended.
    return begun == 0 ? 0 : before[begun - 1] + Math.min(ns, ends[begun - 1]) - starts[begun - 1];
  }

  long within(long fromNs, long toNs) {
    return toNs <= fromNs ? 0 : before(toNs) - before(fromNs);
  }
}
