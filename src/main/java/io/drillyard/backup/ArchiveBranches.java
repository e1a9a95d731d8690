package io.drillyard.backup;

import io.drillyard.backup.TimelineHistory.Ancestor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a stanza's archive holds beside the branch of history that a restore follows.
 *
 * <p>A branch is a timeline with its ancestors up to where each was left. WAL that lies beyond such
 * a place, or on a timeline that is no ancestor, belongs to another branch: of a leader that was
 * replaced and archived a little more, or of somebody who goes on archiving into this stanza.
 */
public final class ArchiveBranches {
  private ArchiveBranches() {}

  /**
   * WAL of one timeline that the branch does not hold.
   *
   * @param fromLsn where it parts from the branch; 0 when no history tells
   * @param numbers of its whole segments from there on, in order
   */
  public record Beside(long timeline, long fromLsn, List<Long> numbers) {
    /** Copies its list. */
    public Beside {
      numbers = List.copyOf(numbers);
    }
  }

  /**
   * The timeline that a restore follows by itself: the newest that has WAL or a backup. A history
   * alone leads nowhere.
   *
   * @return 0 when there is neither
   */
  public static long newest(ArchiveListing archive, BackupInfo backups) {
    long bySegments = archive.segments().isEmpty() ? 0 : archive.segments().lastKey();
    long byBackups =
        backups.backups().stream().mapToLong(BackupInfo.Backup::timeline).max().orElse(0);
    return Math.max(bySegments, byBackups);
  }

  /** Timelines newer than that one of which only a history file is there. */
  public static List<Long> historiesAlone(ArchiveListing archive, long newest) {
    return archive.histories().stream().filter(t -> t > newest).sorted().toList();
  }

  /**
   * All that lies beside a branch, by timeline.
   *
   * @param end the branch's own timeline
   * @param histories by timeline, those that could be read
   */
  public static List<Beside> of(
      ArchiveListing archive, Map<Long, TimelineHistory> histories, long end) {
    List<Beside> all = new ArrayList<>();
    archive
        .segments()
        .forEach(
            (timeline, numbers) -> {
              if (timeline != end) {
                long from = parts(timeline, end, histories);
                TreeSet<Long> own = new TreeSet<>(numbers);
                own.removeIf(
                    n ->
                        Long.compareUnsigned(
                                new WalSegment(timeline, n).endLsn(archive.segmentBytes()), from)
                            <= 0);
                if (!own.isEmpty()) {
                  all.add(new Beside(timeline, from, List.copyOf(own)));
                }
              }
            });
    return List.copyOf(all);
  }

  /** Where a timeline parts from the branch that ends in another; 0 when no history tells. */
  private static long parts(long timeline, long end, Map<Long, TimelineHistory> histories) {
    List<Ancestor> way = ancestors(histories.get(end));
    Long left = left(way, timeline);
    if (left != null) {
      return left;
    }
    List<Ancestor> own = ancestors(histories.get(timeline));
    Long after = left(own, end);
    if (after != null) {
      return after;
    }
    long from = 0;
    for (Ancestor each : own) {
      Long there = left(way, each.timeline());
      if (there == null) {
        break;
      }
      // The earlier of both: from there on they have nothing in common.
      from = Long.compareUnsigned(each.endLsn(), there) < 0 ? each.endLsn() : there;
      if (each.endLsn() != there) {
        break;
      }
    }
    return from;
  }

  private static List<Ancestor> ancestors(@Nullable TimelineHistory history) {
    return history == null ? List.of() : history.ancestors();
  }

  private static @Nullable Long left(List<Ancestor> ancestors, long timeline) {
    for (Ancestor each : ancestors) {
      if (each.timeline() == timeline) {
        return each.endLsn();
      }
    }
    return null;
  }
}
