package io.drillyard.storm;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What breaks when, and for how long. Every entry ends; nothing is held for ever.
 *
 * @param seed that it was made from, also when entries were left out since
 * @param entries by their beginning
 */
public record StormSchedule(long seed, List<ScheduledFault> entries) {
  /** Orders the entries. */
  public StormSchedule {
    entries =
        entries.stream()
            .sorted(
                Comparator.comparingLong(ScheduledFault::atMs)
                    .thenComparingInt(ScheduledFault::number))
            .toList();
    if (entries.stream().map(ScheduledFault::number).distinct().count() != entries.size()) {
      throw new IllegalArgumentException("two entries of a schedule have the same number");
    }
  }

  /** The same seed with other entries. */
  public StormSchedule with(List<ScheduledFault> others) {
    return new StormSchedule(seed, others);
  }

  /** The moment after which nothing is in force, milliseconds from the beginning. */
  public long endMs() {
    return entries.stream().mapToLong(ScheduledFault::endMs).max().orElse(0);
  }

  /** Most entries in force at any one moment. */
  public int mostAtOnce() {
    int most = 0;
    for (ScheduledFault entry : entries) {
      long at = entry.atMs();
      most =
          Math.max(
              most, (int) entries.stream().filter(e -> e.atMs() <= at && at < e.endMs()).count());
    }
    return most;
  }

  /** How many faults, for people: {@code 1 fault}, {@code 4 faults}. */
  public String words() {
    return entries.size() + (entries.size() == 1 ? " fault" : " faults");
  }

  /** The numbers of its entries, for people: {@code 2, 5}. */
  public String numbers() {
    return entries.stream()
        .map(e -> Integer.toString(e.number()))
        .collect(Collectors.joining(", "));
  }

  /**
   * The same entries in the same order, begun at once, and with no time between them in which
   * nothing is in force that is longer than so long. What overlapped still does, and by as much.
   *
   * @param idleMs longest such time, milliseconds
   */
  public StormSchedule closedUp(long idleMs) {
    List<ScheduledFault> moved = new java.util.ArrayList<>();
    long saved = entries.isEmpty() ? 0 : entries.getFirst().atMs();
    long busyUntil = saved;
    for (ScheduledFault entry : entries) {
      long idle = entry.atMs() - busyUntil;
      if (idle > idleMs) {
        saved += idle - idleMs;
      }
      busyUntil = Math.max(busyUntil, entry.endMs());
      moved.add(entry.at(entry.atMs() - saved));
    }
    return with(moved);
  }
}
