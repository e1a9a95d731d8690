package io.drillyard.restore.play;

import io.drillyard.check.Verdict;
import io.drillyard.check.backup.Climbed;
import io.drillyard.check.backup.Rung;
import io.drillyard.restore.report.RestoreRun;
import io.drillyard.restore.report.RestoreTest;

/** How tests came out that had to notice something, or to come through it. */
final class Controls {
  private Controls() {}

  /**
   * Of what has to be noticed.
   *
   * @param beginning of the named rung's sentence, which calls it by its kind; empty: any
   */
  static RestoreTest.Control caught(String words, Rung rung, String beginning, RestoreTest test) {
    Climbed named = test.rung(rung);
    boolean called =
        named != null
            && named.verdict() == Verdict.MISSED
            && named.finding().summary().startsWith(beginning);
    boolean open = named == null || named.verdict() == Verdict.UNDETERMINED;
    return new RestoreTest.Control(
        words,
        rung,
        test.missed(),
        called ? RestoreRun.CAUGHT : open ? "UNDETERMINED" : "NOT CAUGHT");
  }

  /** Of an incident that did not take place as it should: whatever was noticed proves nothing. */
  static RestoreTest.Control undecided(String words, Rung rung, RestoreTest test) {
    return new RestoreTest.Control(words, rung, test.missed(), "UNDETERMINED");
  }

  /** Of what has to be overcome: the test ended in a proof. */
  static RestoreTest.Control overcome(String words, RestoreTest test) {
    return new RestoreTest.Control(
        words,
        Rung.REMOVED,
        test.missed(),
        test.verdict() == Verdict.MET ? RestoreRun.OVERCOME : RestoreRun.NOT_OVERCOME);
  }
}
