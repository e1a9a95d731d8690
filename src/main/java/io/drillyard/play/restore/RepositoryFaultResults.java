package io.drillyard.play.restore;

import io.drillyard.check.ControlResult;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.RestoreRungResult;
import io.drillyard.check.backup.Rung;

/** How tests came out that had to notice something, or to come through it. */
final class RepositoryFaultResults {
  private RepositoryFaultResults() {}

  /**
   * Of what has to be noticed.
   *
   * @param beginning of the named rung's sentence, which calls it by its kind; empty: any
   */
  static RestoreTestOutcome.Control caught(
      String words, Rung rung, String beginning, RestoreTestOutcome test) {
    RestoreRungResult named = test.rung(rung);
    boolean called =
        named != null
            && named.verdict() == Verdict.MISSED
            && named.finding().summary().startsWith(beginning);
    boolean open = named == null || named.verdict() == Verdict.UNDETERMINED;
    return new RestoreTestOutcome.Control(
        words,
        rung,
        test.missed(),
        called
            ? ControlResult.CAUGHT
            : open ? ControlResult.UNDETERMINED : ControlResult.NOT_CAUGHT);
  }

  /** Of a fault that was not there as it should: whatever came of it proves nothing. */
  static RestoreTestOutcome.Control undecided(RestoreTestOutcome.Control control) {
    return new RestoreTestOutcome.Control(
        control.words(), control.rung(), control.by(), ControlResult.UNDETERMINED);
  }

  /** Of what has to be overcome: the test ended in a proof. */
  static RestoreTestOutcome.Control overcome(String words, RestoreTestOutcome test) {
    return new RestoreTestOutcome.Control(
        words,
        Rung.REMOVED,
        test.missed(),
        test.verdict() == Verdict.MET ? ControlResult.OVERCOME : ControlResult.NOT_OVERCOME);
  }
}
