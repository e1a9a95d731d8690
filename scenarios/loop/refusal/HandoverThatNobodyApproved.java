package loop.refusal;

import io.drillyard.approval.ApprovalFlaw;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;

/** A planned move is ordered that nobody approved. */
public final class HandoverThatNobodyApproved implements Scenario {
  @Override
  public Drill plan() {
    return RefusedHandover.plan(
        "A planned move that nobody approved is refused",
        "Without an approval a planned move is refused and nothing of it is done; approved, it goes through.",
        ApprovalFlaw.UNAPPROVED);
  }
}
