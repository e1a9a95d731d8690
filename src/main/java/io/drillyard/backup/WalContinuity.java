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
public record WalContinuity(
    List<WalStretch> stretches,
    List<String> problems,
    List<String> remarks,
    long required,
    @Nullable WalSegment last) {

  private static final int SAID_MAX = 20;

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
  public static WalContinuity of(
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
    private final List<WalStretch> stretches = new ArrayList<>();

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

    WalContinuity follow() {
      if (newest < backup.timeline()) {
        problems.add(
            "the archive ends on timeline %d, before the backup's timeline %d"
                .formatted(newest, backup.timeline()));
        return result();
      }
      lead();
      rivals();
      long required = 0;
      for (WalStretch stretch : stretches) {
        required += stretch.length();
        gaps(stretch);
      }
      elsewhere();
      if (required == 0) {
        problems.add("not one segment after the backup's start is archived");
      }
      return result();
    }

    private WalContinuity result() {
      long required = stretches.stream().mapToLong(s -> s.last() - s.first() + 1).sum();
      WalStretch end = stretches.isEmpty() ? null : stretches.getLast();
      WalSegment last = end == null ? null : new WalSegment(end.timeline(), end.last());
      return new WalContinuity(
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
            stretches.add(new WalStretch(each.timeline(), from, targetNumber()));
            return;
          }
          // The segment in which a timeline is left is read from the next timeline.
          if (left > from) {
            stretches.add(new WalStretch(each.timeline(), from, left - 1));
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
      stretches.add(new WalStretch(timeline, from, end(timeline, from)));
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

    private void gaps(WalStretch stretch) {
      stretch.missing(archive::has).forEach(gap -> problem("missing " + gap.words(bytes)));
      for (String name : archive.empty()) {
        if (stretch.holds(WalSegment.parse(name, bytes))) {
          problem(name + " is empty");
        }
      }
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
                          "not on this way: missing "
                              + new WalStretch(timeline, before + 1, number - 1).words(bytes));
                    }
                  }
                  before = number;
                }
              });
    }

    private boolean onTheWay(long timeline, long number) {
      return stretches.stream().anyMatch(s -> s.holds(new WalSegment(timeline, number)));
    }
  }
}
