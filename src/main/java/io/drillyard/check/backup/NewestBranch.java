package io.drillyard.check.backup;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.ledger.Lsn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the branch of history that is restored is the newest one that the archive holds.
 *
 * <p>Recovery that goes as far as it can follows the highest timeline number, not the newest data:
 * a clone, a test restore or a demoted standby that went on archiving into the stanza has the
 * higher number, and production goes on below it. Only the commit records tell.
 */
public final class NewestBranch {
  private NewestBranch() {}

  /**
   * What was found of another branch.
   *
   * @param fromLsn where it parts from the restored one; 0 when no history tells
   * @param segments how many it has from there on
   * @param commits in those that were read
   * @param allRead false: there are older ones that were not read, and more commits
   * @param newest time of its last commit; null when none was found
   * @param problem why it could not be read; null when it could
   */
  public record Other(
      long timeline,
      long fromLsn,
      int segments,
      int commits,
      boolean allRead,
      @Nullable Instant newest,
      @Nullable String problem) {
    private String words(long restored) {
      String place =
          fromLsn == 0
              ? "timeline %d holds %d segments, and no history tells how it belongs to timeline %d"
                  .formatted(timeline, segments, restored)
              : "timeline %d goes on for %d segments behind %s, where it and timeline %d part"
                  .formatted(timeline, segments, Lsn.format(fromLsn), restored);
      if (problem != null) {
        return place + "; it could not be read: " + problem;
      }
      return newest == null
          ? place + ", without a commit"
          : "%s, with %s%d commits until %s"
              .formatted(place, allRead ? "" : "at least ", commits, newest);
    }
  }

  /**
   * Judges.
   *
   * @param restored the timeline that is followed
   * @param newest time of its last commit; null: none was found, or it is not known
   * @param others all other branches
   * @param alone timelines of which a history file is there and no WAL
   * @param chosen the policy names the timeline: whoever wrote it decided between the branches
   */
  public static Finding judge(
      long restored,
      @Nullable Instant newest,
      List<Other> others,
      List<Long> alone,
      boolean chosen) {
    List<String> details = new ArrayList<>();
    List<Other> later = new ArrayList<>();
    for (Other other : others) {
      Instant its = other.newest();
      boolean after = its != null && (newest == null || its.isAfter(newest));
      if (after || other.problem() != null) {
        later.add(other);
      }
      details.add(other.words(restored) + (after || other.problem() != null ? "" : LEFT_OVER));
    }
    for (long timeline : alone) {
      details.add(
          "%08X.history is there, and no WAL of timeline %d: nothing leads there, and timeline %d is restored"
              .formatted(timeline, timeline, restored));
    }
    if (later.isEmpty() || chosen) {
      return RungFindings.met(Rung.BRANCH, good(restored, later, others, chosen), details);
    }
    Other first = later.getFirst();
    details.add(
        "Remedy: see which of them is production. 'timeline: %d' in the policy tests that branch (pgBackRest: restore --target-timeline=%d), 'timeline: %d' this one; whoever archives the other into this stanza (a clone, a test restore, a demoted standby) needs archive_mode off."
            .formatted(first.timeline(), first.timeline(), restored));
    String than =
        newest == null
            ? "when timeline %d ends is not known".formatted(restored)
            : "later than all of timeline %d (%s)".formatted(restored, newest);
    return RestoreRungResult.plain(
        Rung.BRANCH,
        Verdict.UNDETERMINED,
        "%s: %s. A restore to the newest state goes to timeline %d; which branch is production the archive does not tell. Remedy: 'timeline: %d' or 'timeline: %d' in the policy."
            .formatted(first.words(restored), than, restored, first.timeline(), restored),
        details);
  }

  private static final String LEFT_OVER =
      ": left over of a leader that was replaced, no later than what is restored";

  private static String good(long restored, List<Other> later, List<Other> others, boolean chosen) {
    if (chosen && !later.isEmpty()) {
      return "timeline %d is restored, as the policy says; %s."
          .formatted(restored, later.getFirst().words(restored));
    }
    return others.isEmpty()
        ? "Nothing in the archive lies beside timeline %d.".formatted(restored)
        : "What lies beside timeline %d is no later than what is restored (%d branches)."
            .formatted(restored, others.size());
  }
}
