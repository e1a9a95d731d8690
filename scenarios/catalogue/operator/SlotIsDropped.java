package catalogue.operator;

import static io.drillyard.fault.Who.REPLICA;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.OperatorFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** Patroni makes a dropped slot again. */
public final class SlotIsDropped implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "A replication slot is dropped",
            "The replica whose slot was dropped streams again in time; clients notice nothing that matters.")
        .in("onprem-sync")
        .judgedBeside("inventory-tenancy", Disruption.NODE_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("drop", new OperatorFault.SlotDropped(REPLICA))
        .hold(Duration.ofSeconds(5))
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
