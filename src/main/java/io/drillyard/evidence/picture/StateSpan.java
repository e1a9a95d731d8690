package io.drillyard.evidence.picture;

import io.drillyard.ledger.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time in which equal things were seen, one after another.
 *
 * @param firstEndNs end of the first sighting: by then it was certainly so
 * @param lastStartNs start of the last sighting: until then it was certainly so
 */
record StateSpan<T>(long fromNs, long toNs, long firstEndNs, long lastStartNs, T value) {
  /** Beyond this silence between two looks nothing is claimed for the time between. */
  private static final long BLIND_NS = 1_500_000_000L;

  /** Width of a column when many short runs are drawn. */
  private static final double COLUMN_PX = 1.5;

  /** What the probes of one member saw. */
  static List<StateSpan<Event.ProbeResult>> probes(List<Event.Probed> probes, String member) {
    List<Event.Probed> sorted =
        probes.stream()
            .filter(p -> p.member().equals(member))
            .sorted(Comparator.comparingLong(p -> p.at().startNs()))
            .toList();
    List<StateSpan<Event.ProbeResult>> runs = new ArrayList<>();
    for (Event.Probed p : sorted) {
      long start = p.at().startNs();
      long end = p.at().endNs();
      StateSpan<Event.ProbeResult> last = runs.isEmpty() ? null : runs.getLast();
      boolean watched = last != null && start - last.toNs <= BLIND_NS;
      if (last != null && watched) {
        // The change lies between the two looks; it is drawn where the later one began.
        long to =
            last.value == p.result() ? Math.max(last.toNs, end) : Math.max(start, last.fromNs);
        long seen = last.value == p.result() ? start : last.lastStartNs;
        runs.set(
            runs.size() - 1, new StateSpan<>(last.fromNs, to, last.firstEndNs, seen, last.value));
      }
      if (last == null || !watched || last.value != p.result()) {
        runs.add(new StateSpan<>(start, end, end, start, p.result()));
      }
    }
    return runs;
  }

  /** Who held the leader key of one cluster; an empty name: nobody. */
  static List<StateSpan<String>> keys(List<Event.LeaderKey> changes, String cluster, long endNs) {
    List<StateSpan<String>> runs = new ArrayList<>();
    for (Event.LeaderKey change : changes) {
      if (!change.cluster().equals(cluster)) {
        continue;
      }
      String holder = Objects.requireNonNullElse(change.holder(), "");
      long at = change.at().endNs();
      if (!runs.isEmpty()) {
        StateSpan<String> last = runs.removeLast();
        runs.add(new StateSpan<>(last.fromNs, at, last.fromNs, at, last.value));
        if (last.value.equals(holder)) {
          continue;
        }
      }
      runs.add(new StateSpan<>(at, at, at, at, holder));
    }
    if (!runs.isEmpty()) {
      StateSpan<String> last = runs.removeLast();
      long to = Math.max(endNs, last.fromNs);
      runs.add(new StateSpan<>(last.fromNs, to, last.fromNs, to, last.value));
    }
    return runs;
  }

  /** At most one run per pixel column; {@code choose} decides between two in the same column. */
  static <T> List<StateSpan<T>> perPixel(
      List<StateSpan<T>> runs, TimeScale scale, BinaryOperator<T> choose) {
    int columns = (int) (scale.width() / COLUMN_PX);
    List<@Nullable T> column = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      column.add(null);
    }
    for (StateSpan<T> run : runs) {
      int to = Math.min(columns - 1, (int) (scale.x(run.toNs) / COLUMN_PX));
      for (int i = (int) (scale.x(run.fromNs) / COLUMN_PX); i <= to; i++) {
        T there = column.get(i);
        column.set(i, there == null ? run.value : choose.apply(there, run.value));
      }
    }
    return merged(column, scale);
  }

  private static <T> List<StateSpan<T>> merged(List<@Nullable T> column, TimeScale scale) {
    List<StateSpan<T>> merged = new ArrayList<>();
    double perPixel = (double) (scale.toNs() - scale.fromNs()) / scale.width();
    for (int i = 0; i < column.size(); ) {
      T value = column.get(i);
      int end = i + 1;
      while (end < column.size() && Objects.equals(column.get(end), value)) {
        end++;
      }
      if (value != null) {
        long from = scale.fromNs() + (long) (i * COLUMN_PX * perPixel);
        long to = scale.fromNs() + (long) (end * COLUMN_PX * perPixel);
        merged.add(new StateSpan<>(from, to, from, to, value));
      }
      i = end;
    }
    return merged;
  }
}
