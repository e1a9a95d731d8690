package catalogue.load;

import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.LoadFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** A snapshot that is held does not stop writers. */
public final class LongTransactionIsHarmless implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "A transaction stays open",
            "A transaction that holds a snapshot is no outage for those who write.")
        .in("onprem-sync")
        .judgedBeside("inventory-tenancy", Disruption.NODE_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("transaction", new LoadFault.LongTransaction())
        .hold(Duration.ofSeconds(8))
        .heal("transaction")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
