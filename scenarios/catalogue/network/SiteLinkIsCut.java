package catalogue.network;

import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.newPrimary;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.NetworkFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** The site that is cut off stops; the other two have the majority and serve. */
public final class SiteLinkIsCut implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The link of one of three sites is cut",
            "The primary of a cluster that spans three sites loses the link to the other two: it stops,"
                + " they promote, and nothing acknowledged is lost, also not to the clients beside it.")
        .in("three-sites")
        .judgedFor("inventory-tenancy", Disruption.PARTITION)
        .steadyFor(Duration.ofSeconds(10))
        .inject("link", new NetworkFault.SiteCut())
        .await(newPrimary(), Duration.ofSeconds(90))
        .await(service(), Duration.ofSeconds(30))
        .hold(Duration.ofSeconds(5))
        .heal("link")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
