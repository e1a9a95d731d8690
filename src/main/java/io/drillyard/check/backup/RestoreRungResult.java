package io.drillyard.check.backup;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import java.util.List;
import java.util.Map;

/**
 * A rung that was tried, or was not.
 *
 * @param required without it the backup is not proven
 * @param startMs since the order
 * @param durationMs how long it took; 0 when it was not tried
 * @param tried false when something before it made it impossible
 */
public record RestoreRungResult(
    Rung rung,
    boolean required,
    double startMs,
    double durationMs,
    boolean tried,
    Finding finding) {

  /** A rung that could not be tried. */
  public static RestoreRungResult untried(Rung rung, boolean required, String why) {
    return new RestoreRungResult(
        rung, required, 0, 0, false, RungFindings.undetermined(rung, "Not tried: " + why));
  }

  /** Its verdict. */
  public Verdict verdict() {
    return finding.verdict();
  }

  /** The verdict of a ladder: its required rungs decide, and one that is missing is no pass. */
  public static Verdict of(List<RestoreRungResult> ladder) {
    boolean open = ladder.isEmpty();
    for (RestoreRungResult climbed : ladder) {
      if (climbed.required() && climbed.verdict() == Verdict.MISSED) {
        return Verdict.MISSED;
      }
      open |= climbed.required() && climbed.verdict() != Verdict.MET;
    }
    return open ? Verdict.UNDETERMINED : Verdict.MET;
  }

  /** A finding without figures. */
  static Finding plain(Rung rung, Verdict verdict, String summary, List<String> details) {
    return new Finding(rung.check(), verdict, null, null, summary, details, Map.of());
  }
}
