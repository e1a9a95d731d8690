package io.drillyard.scenario.launch;

import io.drillyard.evidence.Evidence;
import io.drillyard.ledger.RunPlan;
import java.util.List;

/** How a run ended, as it follows from the ends of its drills and from what was planned. */
final class RunEnd {
  static final String COMPLETE = "complete";
  static final String INTERRUPTED = "interrupted";
  static final String FAILED = "failed";

  private RunEnd() {}

  /**
   * The end.
   *
   * @param asked an early end was asked for; one that came when every drill was over changed
   *     nothing
   */
  static String of(RunPlan plan, List<Evidence.Drill> drills, boolean asked) {
    boolean failed = has(drills, FAILED);
    if (cut(plan, drills) || (asked && (failed || plan.kind() != RunPlan.Kind.WHOLE))) {
      return INTERRUPTED;
    }
    return failed ? FAILED : COMPLETE;
  }

  /**
   * True when a record may say so. That somebody asked for an end while a lab failed, or between
   * two replays of a storm, is on no ledger; neither is met by it.
   */
  static boolean agrees(String recorded, RunPlan plan, List<Evidence.Drill> drills) {
    return recorded.equals(of(plan, drills, false)) || recorded.equals(of(plan, drills, true));
  }

  private static boolean cut(RunPlan plan, List<Evidence.Drill> drills) {
    return has(drills, INTERRUPTED) || played(drills) < plan.drills().size();
  }

  /** How many were played: a drill of several episodes is one. */
  private static long played(List<Evidence.Drill> drills) {
    return drills.stream().filter(d -> d.episodeNumber() == 1).count();
  }

  private static boolean has(List<Evidence.Drill> drills, String end) {
    return drills.stream().anyMatch(d -> d.end().equals(end));
  }
}
