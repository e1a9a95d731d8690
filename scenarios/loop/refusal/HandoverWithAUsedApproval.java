package loop.refusal;

import io.drillyard.approval.ApprovalFlaw;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;

/** The approval of a planned move was used before. */
public final class HandoverWithAUsedApproval implements Scenario {
  @Override
  public Drill plan() {
    return RefusedHandover.plan(
        "A planned move with a used approval is refused",
        "An approval is used once, by an object that can be made only once: a second time it does not count, and nothing of the move is done; with a new one it goes through.",
        ApprovalFlaw.USED);
  }
}
