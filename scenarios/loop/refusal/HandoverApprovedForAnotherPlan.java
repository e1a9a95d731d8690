package loop.refusal;

import io.drillyard.approval.ApprovalFlaw;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;

/** The approval of a planned move names another plan. */
public final class HandoverApprovedForAnotherPlan implements Scenario {
  @Override
  public Drill plan() {
    return RefusedHandover.plan(
        "A planned move with the approval of another plan is refused",
        "An approval names one plan to the letter: for another one it does not count, and nothing of the move is done; for this one it goes through.",
        ApprovalFlaw.OTHER_PLAN);
  }
}
