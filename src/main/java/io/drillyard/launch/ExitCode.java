package io.drillyard.launch;

import io.drillyard.check.ControlResult;
import io.drillyard.check.Verdict;
import io.drillyard.evidence.Evidence;
import java.util.Set;

/** What a run's exit status says; when several apply the gravest wins: 5, 4, 1, 3, 0. */
public final class ExitCode {
  /** All targets met. */
  public static final int MET = 0;

  /** A target was missed. */
  public static final int MISSED = 1;

  /** Usage or configuration. */
  public static final int USAGE = 2;

  /** Something could not be determined. */
  public static final int UNDETERMINED = 3;

  /** The harness is broken; also: a control was not caught although fault and load were proved. */
  public static final int BROKEN = 4;

  /** Something was left behind. */
  public static final int RESIDUE = 5;

  /** Interrupted by the user. */
  public static final int INTERRUPTED = 130;

  private static final Set<String> BAD =
      Set.of(ControlResult.NOT_CAUGHT.word(), ControlResult.NOT_OVERCOME.word());

  private ExitCode() {}

  /** Of a run that left nothing behind. */
  public static int of(Evidence evidence) {
    if (evidence.end().equals("interrupted")) {
      return INTERRUPTED;
    }
    boolean broken =
        evidence.drills().stream()
            .anyMatch(
                d -> {
                  Evidence.Control control = d.control();
                  return d.end().equals("failed")
                      || (control != null
                          && control.result().equals(ControlResult.NOT_CAUGHT.word()));
                });
    broken |=
        evidence.restoreTests().stream()
            .anyMatch(t -> t.end().equals(RunCompletion.FAILED) || BAD.contains(t.result()));
    // A lab of restore tests that broke off before its first one leaves nothing but the run's end.
    broken |= evidence.end().equals(RunCompletion.FAILED);
    if (broken) {
      return BROKEN;
    }
    return noCellWasTried(evidence) ? MET : of(evidence.verdict());
  }

  /**
   * Nothing was asked for but controls, and drills that exercise no declared disruption, and each
   * came out as it must: no target was tried, and nothing is wrong.
   */
  private static boolean noCellWasTried(Evidence evidence) {
    return evidence.end().equals("complete")
        && evidence.drills().stream().noneMatch(Evidence.Drill::fillsCell)
        && DrillJudging.outcome(evidence.drills(), evidence.restoreTests(), evidence.study())
            == Verdict.MET;
  }

  /** The verdict alone, for a stored run that is judged again. */
  static int of(Verdict verdict) {
    return verdict == Verdict.MET ? MET : verdict == Verdict.MISSED ? MISSED : UNDETERMINED;
  }
}
