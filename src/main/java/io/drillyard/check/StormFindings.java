package io.drillyard.check;

import io.drillyard.declaration.Disruption;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import java.util.Optional;

/** What is said of a storm: several faults by a schedule, some of them at once. */
public final class StormFindings {
  private StormFindings() {}

  /** True for the ledger of one. */
  static boolean is(LedgerViews history) {
    return history.of(Event.Opened.class).stream()
        .anyMatch(o -> o.disruption().equals(Disruption.STORM.word()));
  }

  /**
   * What is certain already, of a ledger that still grows: two primaries. What may still be put
   * right, or may have been lost, only the end tells.
   *
   * @return the finding in one sentence
   */
  public static Optional<String> certain(LedgerViews history, Target target) {
    Finding finding = new NoSplitBrain().judge(history, target);
    return finding.verdict() == Verdict.MISSED ? Optional.of(finding.summary()) : Optional.empty();
  }
}
