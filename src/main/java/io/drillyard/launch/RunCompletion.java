package io.drillyard.launch;

import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.RestoreTest;
import io.drillyard.ledger.RunPlan;
import java.util.List;

/**
 * How a run ended, as it follows from the ends of its drills and restore tests, and from what was
 * planned. A restore test that was planned and left no record broke off with its lab.
 */
final class RunCompletion {
  static final String COMPLETE = "complete";
  static final String INTERRUPTED = "interrupted";
  static final String FAILED = "failed";

  private RunCompletion() {}

  /**
   * The end.
   *
   * @param asked an early end was asked for; one that came when every drill was over changed
   *     nothing
   */
  static String of(
      RunPlan plan, List<Evidence.Drill> drills, List<RestoreTest> tests, boolean asked) {
    boolean failed =
        has(drills, FAILED)
            || tests.stream().anyMatch(t -> !t.end().equals(COMPLETE))
            || tests.size() < planned(plan);
    if (cut(plan, drills) || (asked && (failed || plan.kind() != RunPlan.Kind.WHOLE))) {
      return INTERRUPTED;
    }
    return failed ? FAILED : COMPLETE;
  }

  /**
   * True when a record may say so. That somebody asked for an end while a lab failed, or between
   * two replays of a storm, is on no ledger; neither is met by it.
   */
  static boolean agrees(
      String recorded, RunPlan plan, List<Evidence.Drill> drills, List<RestoreTest> tests) {
    return recorded.equals(of(plan, drills, tests, false))
        || recorded.equals(of(plan, drills, tests, true));
  }

  /** How many restore tests there were to be. */
  private static int planned(RunPlan plan) {
    return plan.restores().stream().mapToInt(r -> r.tests().size()).sum();
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
