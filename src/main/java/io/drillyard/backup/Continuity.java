package io.drillyard.backup;

import io.drillyard.ledger.Lsn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether every WAL segment is there that leads from a backup to a target, by names and histories
 * alone.
 *
 * <p>PostgreSQL that is told to recover as far as it can takes a missing segment for the end, and
 * opens: so each gap on the way is an error here. What is missing at the very end of the archive
 * nobody can see from the archive.
 *
 * @param stretches which segments of which timeline are needed, in order
 * @param problems each one makes the way impassable; empty when it is whole
 * @param remarks gaps elsewhere: other targets suffer
 * @param required how many segments the way has
 * @param last the segment that the way ends in; null when there is none
 */
public record Continuity(
    List<Stretch> stretches,
    List<String> problems,
    List<String> remarks,
    long required,
    @Nullable WalSegment last) {

  private static final int SAID_MAX = 20;

  /**
   * Segments of one timeline.
   *
   * @param first number of the first one needed
   * @param last number of the last one needed
   */
  public record Stretch(long timeline, long first, long last) {}

  /** True when nothing is missing. */
  public boolean whole() {
    return problems.isEmpty() && last != null;
  }

  /**
   * Follows the way.
   *
   * @param histories by timeline, those that could be read
   * @param end timeline that is followed to its end
   * @param targetLsn position that has to be reached; null: as far as the archive goes
   */
  public static Continuity of(
      BackupInfo.Backup backup,
      ArchiveListing archive,
      Map<Long, TimelineHistory> histories,
      long end,
      @Nullable Long targetLsn) {
    return new Way(backup, archive, histories, end, targetLsn).follow();
  }

  private static final class Way {
    private final BackupInfo.Backup backup;
    private final ArchiveListing archive;
    private final Map<Long, TimelineHistory> histories;
    private final long newest;
    private final @Nullable Long targetLsn;
    private final long bytes;
    private final List<String> problems = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final List<Stretch> stretches = new ArrayList<>();

    Way(
        BackupInfo.Backup backup,
        ArchiveListing archive,
        Map<Long, TimelineHistory> histories,
        long newest,
        @Nullable Long targetLsn) {
      this.newest = newest;
      this.backup = backup;
      this.archive = archive;
      this.histories = histories;
      this.targetLsn = targetLsn;
      this.bytes = archive.segmentBytes();
    }

    Continuity follow() {
      if (newest < backup.timeline()) {
        problems.add(
            "the archive ends on timeline %d, before the backup's timeline %d"
                .formatted(newest, backup.timeline()));
        return result();
      }
      lead();
      rivals();
      long required = 0;
      for (Stretch stretch : stretches) {
        required += Math.max(0, stretch.last() - stretch.first() + 1);
        gaps(stretch);
      }
      elsewhere();
      if (required == 0) {
        problems.add("not one segment after the backup's start is archived");
      }
      return result();
    }

    private Continuity result() {
      long required = stretches.stream().mapToLong(s -> s.last() - s.first() + 1).sum();
      Stretch end = stretches.isEmpty() ? null : stretches.getLast();
      WalSegment last = end == null ? null : new WalSegment(end.timeline(), end.last());
      return new Continuity(
          List.copyOf(stretches), List.copyOf(problems), List.copyOf(remarks), required, last);
    }

    /** Which timelines lead from the backup to the newest, and where each is left. */
    private void lead() {
      // A server looks for the history after its own timeline, then the next, until one is missing.
      for (long timeline = backup.timeline() + 1; timeline <= newest; timeline++) {
        if (!archive.histories().contains(timeline)) {
          problems.add(
              "%08X.history is missing: a restore stays on timeline %d and ends there"
                  .formatted(timeline, timeline - 1));
        } else if (!histories.containsKey(timeline)) {
          problems.add("%08X.history cannot be read".formatted(timeline));
        }
      }
      TimelineHistory history = histories.get(newest);
      long timeline = backup.timeline();
      long from = WalSegment.parse(backup.startWal(), bytes).number();
      if (history != null && newest > timeline) {
        boolean ancestor = false;
        for (TimelineHistory.Ancestor each : history.ancestors()) {
          if (each.timeline() < timeline) {
            continue;
          }
          ancestor |= each.timeline() == backup.timeline();
          long left = WalSegment.holding(each.timeline(), each.endLsn(), bytes).number();
          if (each.timeline() == backup.timeline()
              && Long.compareUnsigned(each.endLsn(), Lsn.parse(backup.stopLsn())) < 0) {
            problems.add(
                "timeline %d was left at %s, before the backup ended at %s"
                    .formatted(each.timeline(), Lsn.format(each.endLsn()), backup.stopLsn()));
          }
          if (reached(each.endLsn())) {
            stretches.add(new Stretch(each.timeline(), from, targetNumber()));
            return;
          }
          // The segment in which a timeline is left is read from the next timeline.
          if (left > from) {
            stretches.add(new Stretch(each.timeline(), from, left - 1));
          }
          from = left;
        }
        if (!ancestor) {
          problems.add(
              "the backup's timeline %d is no ancestor of timeline %d"
                  .formatted(backup.timeline(), newest));
        }
        timeline = newest;
      }
      stretches.add(new Stretch(timeline, from, end(timeline, from)));
    }

    private boolean reached(long endLsn) {
      return targetLsn != null && Long.compareUnsigned(targetLsn, endLsn) < 0;
    }

    private long targetNumber() {
      return targetLsn == null ? -1 : Long.divideUnsigned(targetLsn, bytes);
    }

    private long end(long timeline, long from) {
      TreeSet<Long> numbers = archive.segments().get(timeline);
      long archived = numbers == null ? from - 1 : numbers.last();
      long stop = WalSegment.parse(backup.stopWal(), bytes).number();
      if (targetLsn != null) {
        return Math.max(targetNumber(), stop);
      }
      // A backup needs its own last segment, whatever the archive ends with.
      return timeline == backup.timeline() ? Math.max(archived, stop) : Math.max(archived, from);
    }

    private void gaps(Stretch stretch) {
      long gapFrom = -1;
      for (long number = stretch.first(); number <= stretch.last() + 1; number++) {
        boolean there =
            number > stretch.last() || archive.has(new WalSegment(stretch.timeline(), number));
        if (!there && gapFrom < 0) {
          gapFrom = number;
        } else if (there && gapFrom >= 0) {
          problem("missing " + range(stretch.timeline(), gapFrom, number - 1));
          gapFrom = -1;
        }
      }
      for (String name : archive.empty()) {
        if (within(stretch, name)) {
          problem(name + " is empty");
        }
      }
    }

    private boolean within(Stretch stretch, String name) {
      WalSegment segment = WalSegment.parse(name, bytes);
      return segment.timeline() == stretch.timeline()
          && segment.number() >= stretch.first()
          && segment.number() <= stretch.last();
    }

    private void rivals() {
      archive
          .rivals()
          .forEach(
              (name, digests) ->
                  problem(
                      "%s was archived with %d contents: two primaries archived into one stanza"
                          .formatted(name, digests.size())));
    }

    private void problem(String sentence) {
      if (problems.size() < SAID_MAX) {
        problems.add(sentence);
      } else if (problems.size() == SAID_MAX) {
        problems.add("… and more");
      }
    }

    private String range(long timeline, long first, long last) {
      String name = new WalSegment(timeline, first).name(bytes);
      return first == last
          ? name
          : "%s to %s (%d segments)"
              .formatted(name, new WalSegment(timeline, last).name(bytes), last - first + 1);
    }

    /** Gaps that this target does not meet; another one may. */
    private void elsewhere() {
      archive
          .segments()
          .forEach(
              (timeline, numbers) -> {
                long before = numbers.first();
                for (long number : numbers) {
                  if (number > before + 1 && !onTheWay(timeline, before + 1)) {
                    if (remarks.size() < SAID_MAX) {
                      remarks.add(
                          "not on this way: missing " + range(timeline, before + 1, number - 1));
                    }
                  }
                  before = number;
                }
              });
    }

    private boolean onTheWay(long timeline, long number) {
      return stretches.stream()
          .anyMatch(s -> s.timeline() == timeline && number >= s.first() && number <= s.last());
    }
  }
}
