package loop.refusal;

import io.drillyard.approval.ApprovalFlaw;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;

/** Whoever carries a planned move out approves it. */
public final class HandoverApprovedByItsExecutor implements Scenario {
  @Override
  public Drill plan() {
    return RefusedHandover.plan(
        "A planned move approved by its executor is refused",
        "Whoever carries a move out does not count among those who approve it, and nothing of the move is done; approved by another, it goes through.",
        ApprovalFlaw.BY_EXECUTOR);
  }
}
