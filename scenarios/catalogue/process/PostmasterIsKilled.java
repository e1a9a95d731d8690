package catalogue.process;

import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.ProcessFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** Patroni starts PostgreSQL again, or hands over; nothing acknowledged is lost. */
public final class PostmasterIsKilled implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The postmaster is killed",
            "Whoever serves after the primary's postmaster was killed, no acknowledged write is lost and service is back in time.")
        .in("onprem-sync")
        .judgedFor("inventory-tenancy", Disruption.NODE_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("kill", new ProcessFault.Kill(PRIMARY, ProcessFault.Kind.POSTMASTER))
        .hold(Duration.ofSeconds(5))
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
