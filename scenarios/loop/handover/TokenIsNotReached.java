package loop.handover;

import static io.drillyard.declaration.ClusterRef.FOLLOWER;
import static io.drillyard.declaration.ClusterRef.SERVING;
import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.OperatorFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import io.drillyard.scenario.step.PlannedHandover;
import java.time.Duration;

/** Whoever is to take over does not hold everything in time: a planned move is taken back. */
public final class TokenIsNotReached implements Scenario {
  private static final String PAUSED = "prepare-replay-paused";

  @Override
  public Drill plan() {
    return Drill.claiming(
            "A planned move to a cluster that does not catch up",
            "The cluster that is to take over replays nothing, so that it does not prove the token"
                + " in time: the token is void, nobody is promoted by it, and the cluster that had"
                + " been shut down serves again within the declared outage.")
        .in("two-sites-standby")
        .judgedFor("task-orchestration", Disruption.FAILBACK)
        .steadyFor(Duration.ofSeconds(10))
        .inject(PAUSED, new OperatorFault.ReplayPaused(PRIMARY.of(FOLLOWER)))
        .together(PlannedHandover.unreached(SERVING, FOLLOWER))
        .await(service(), Duration.ofSeconds(60))
        .heal(PAUSED)
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(15));
  }
}
