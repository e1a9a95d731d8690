package loop.refusal;

import static io.drillyard.declaration.ClusterRef.FOLLOWER;
import static io.drillyard.declaration.ClusterRef.SERVING;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.approval.ApprovalFlaw;
import io.drillyard.declaration.Disruption;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.step.OrderIsRefused;
import java.time.Duration;

/** What the drills share in which a planned move is refused at first. */
final class RefusedHandover {
  private RefusedHandover() {}

  /** It is ordered with that flaw and refused; ordered rightly, it goes through. */
  static Drill plan(String title, String claim, ApprovalFlaw flaw) {
    return Drill.claiming(title, claim)
        .in("two-sites-standby")
        .judgedFor("task-orchestration", Disruption.FAILBACK)
        .takenOverBy(FOLLOWER)
        .steadyFor(Duration.ofSeconds(10))
        .then(new OrderIsRefused(SERVING, FOLLOWER, true, flaw))
        .handOver(SERVING, FOLLOWER)
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(15));
  }
}
