package loop.refusal;

import io.drillyard.approval.ApprovalFlaw;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;

/** The approval of a planned move has expired. */
public final class HandoverWithAnExpiredApproval implements Scenario {
  @Override
  public Drill plan() {
    return RefusedHandover.plan(
        "A planned move with an expired approval is refused",
        "An approval that has expired does not count, and nothing of the move is done; with one that is valid it goes through.",
        ApprovalFlaw.EXPIRED);
  }
}
