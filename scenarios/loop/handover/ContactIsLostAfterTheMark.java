package loop.handover;

import static io.drillyard.declaration.ClusterRef.FOLLOWER;
import static io.drillyard.declaration.ClusterRef.SERVING;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import io.drillyard.scenario.step.PlannedHandover;
import java.time.Duration;

/** When the token has been spent the site that handed over is cut off: there is no way back. */
public final class ContactIsLostAfterTheMark implements Scenario {
  private static final String CONTACT = "contact";

  @Override
  public Drill plan() {
    return Drill.claiming(
            "A planned move is finished although contact is lost",
            "Once the token is spent nobody goes back: the site that handed over is cut off right"
                + " then, and the other one takes over all the same; when the link is back the first"
                + " follows without a rewind, and nothing is lost.")
        .in("two-sites-standby")
        .judgedFor("task-orchestration", Disruption.FAILBACK)
        .takenOverBy(FOLLOWER)
        .steadyFor(Duration.ofSeconds(10))
        .together(PlannedHandover.cutOff(SERVING, FOLLOWER, CONTACT))
        .await(service(), Duration.ofSeconds(60))
        .hold(Duration.ofSeconds(5))
        .heal(CONTACT)
        .followAgain(SERVING, FOLLOWER)
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(15));
  }
}
