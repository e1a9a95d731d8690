package catalogue.site;

import static io.drillyard.declaration.ClusterRef.FOLLOWER;
import static io.drillyard.declaration.ClusterRef.SERVING;
import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.newPrimary;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.OperatorFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** A site is lost and its follower takes over; then the new site proves that it can be kept up. */
public final class NewSiteSwitchesOver implements Scenario {
  @Override
  public Drill plan() {
    return StandbyTakeover.until(
            "A standby cluster takes over, and is then kept up itself",
            "The lost site is fenced, and the cluster that follows it takes over within the declared"
                + " time and loss; afterwards a switchover within the new cluster moves its lead"
                + " within the time that is declared for maintenance.",
            "three-clusters")
        .sufficientFor(Duration.ofSeconds(35))
        .watchFence(SERVING)
        .thenEpisode("switchover", Disruption.PLANNED_MAINTENANCE, FOLLOWER)
        .steadyFor(Duration.ofSeconds(10))
        .inject("order", new OperatorFault.Switchover(PRIMARY.of(FOLLOWER)))
        .await(newPrimary(), Duration.ofSeconds(60))
        .await(service(), Duration.ofSeconds(30))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
