package loop.refusal;

import io.drillyard.approval.ApprovalFlaw;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;

/** The approval of a planned move bears a name whose key did not sign it. */
public final class HandoverApprovedInAnothersName implements Scenario {
  @Override
  public Drill plan() {
    return RefusedHandover.plan(
        "A planned move with a forged approval is refused",
        "An approval in an approver's name that another key signed does not count, and nothing of the move is done; signed rightly, it goes through.",
        ApprovalFlaw.FORGED);
  }
}
