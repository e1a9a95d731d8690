package loop.refusal;

import io.drillyard.approval.ApprovalFlaw;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;

/** A planned move is ordered outside the declared window. */
public final class HandoverOutsideItsWindow implements Scenario {
  @Override
  public Drill plan() {
    return RefusedHandover.plan(
        "A planned move outside its window is refused",
        "Outside the window that its context declares a planned move is refused and nothing of it is done; in the window it goes through.",
        ApprovalFlaw.OUTSIDE_WINDOW);
  }
}
