package loop.refusal;

import io.drillyard.approval.ApprovalFlaw;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;

/** A planned move is approved by a key that is revoked. */
public final class HandoverApprovedByARevokedKey implements Scenario {
  @Override
  public Drill plan() {
    return RefusedHandover.plan(
        "A planned move approved by a revoked key is refused",
        "The approval of a revoked key does not count, and nothing of the move is done; by a key that counts, it goes through.",
        ApprovalFlaw.REVOKED_KEY);
  }
}
