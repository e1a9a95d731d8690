package io.drillyard.check.backup;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import java.util.List;

/** Findings of rungs, in the shape that all of Drillyard's evidence has. */
public final class RungFindings {
  private RungFindings() {}

  /** Proved. */
  public static Finding met(Rung rung, String summary, List<String> details) {
    return RestoreRungResult.plain(rung, Verdict.MET, summary, details);
  }

  /** Disproved. */
  public static Finding missed(Rung rung, String summary, List<String> details) {
    return RestoreRungResult.plain(rung, Verdict.MISSED, summary, details);
  }

  /** Neither. */
  public static Finding undetermined(Rung rung, String summary) {
    return RestoreRungResult.plain(rung, Verdict.UNDETERMINED, summary, List.of());
  }

  /** Proved when nothing was found wrong, else disproved by it. */
  public static Finding by(Rung rung, List<String> wrong, String good, String bad) {
    return wrong.isEmpty() ? met(rung, good, List.of()) : missed(rung, bad, wrong);
  }
}
