package loop.control;

import static io.drillyard.declaration.ClusterRef.FOLLOWER;
import static io.drillyard.declaration.ClusterRef.SERVING;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.approval.ApprovalFlaw;
import io.drillyard.declaration.Disruption;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import io.drillyard.scenario.step.PlannedHandover;
import java.time.Duration;

/** A planned move is carried out although its approval was not given: a control. */
public final class UnapprovedHandover implements Scenario {
  private static final String WHY = "it is carried out although nobody approved it";

  @Override
  public Drill plan() {
    return Drill.claiming(
            "A planned move that nobody approved is carried out",
            "Everything is done as it should be, but for the one rule that it has to be approved.")
        .in("two-sites-standby")
        .judgedFor("task-orchestration", Disruption.FAILBACK)
        .knownUnsafe("ordersWereApproved", WHY)
        .takenOverBy(FOLLOWER)
        .steadyFor(Duration.ofSeconds(10))
        .together(PlannedHandover.against(SERVING, FOLLOWER, ApprovalFlaw.UNAPPROVED, WHY))
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(15));
  }
}
