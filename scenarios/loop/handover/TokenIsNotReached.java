package loop.handover;

import static io.drillyard.declaration.ClusterRef.FOLLOWER;
import static io.drillyard.declaration.ClusterRef.SERVING;
import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.ProcessFault;
import io.drillyard.fault.ProcessFault.Kind;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import io.drillyard.scenario.step.FollowOn;
import io.drillyard.scenario.step.PlannedHandover;
import java.time.Duration;

/** Whoever is to take over does not hold everything in time: a planned move is taken back. */
public final class TokenIsNotReached implements Scenario {
  private static final String FROZEN = "prepare-replay-frozen";

  @Override
  public Drill plan() {
    return Drill.claiming(
            "A planned move to a cluster that does not catch up",
            "The cluster that is to take over receives everything and replays nothing, so that it does not prove the token"
                + " in time: the token is void, nobody is promoted by it, and the cluster that had"
                + " been shut down serves again within the declared outage.")
        .in("two-sites-standby")
        .judgedFor("task-orchestration", Disruption.FAILBACK)
        .steadyFor(Duration.ofSeconds(10))
        .inject(FROZEN, new ProcessFault.Freeze(PRIMARY.of(FOLLOWER), Kind.STARTUP))
        .together(PlannedHandover.unreached(SERVING, FOLLOWER))
        .await(service(), Duration.ofSeconds(60))
        .hold(Duration.ofSeconds(2))
        .heal(FROZEN)
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .then(new FollowOn(FOLLOWER))
        .sufficientFor(Duration.ofSeconds(15));
  }
}
