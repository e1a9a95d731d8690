package loop.refusal;

import io.drillyard.approval.ApprovalFlaw;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;

/** A planned move is approved by somebody who is not declared. */
public final class HandoverApprovedByAStranger implements Scenario {
  @Override
  public Drill plan() {
    return RefusedHandover.plan(
        "A planned move approved by a stranger is refused",
        "The approval of somebody who is not declared does not count, and nothing of the move is done; approved by whoever may, it goes through.",
        ApprovalFlaw.STRANGER);
  }
}
