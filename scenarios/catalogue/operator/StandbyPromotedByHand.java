package catalogue.operator;

import static io.drillyard.fault.Who.REPLICA;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.OperatorFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** Known unsafe: an operator promotes a standby by pg_promote, and Patroni does not know. */
public final class StandbyPromotedByHand implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "A standby is promoted by hand, behind Patroni's back",
            "Beside a healthy primary an operator promotes a standby: both accept commits until Patroni's"
                + " next look. The split-brain must be found.")
        .in("onprem-async")
        .judgedBeside("task-orchestration", Disruption.PLANNED_MAINTENANCE)
        .knownUnsafe("noSplitBrain", "PostgreSQL obeys whoever promotes it, and asks no leader key")
        .steadyFor(Duration.ofSeconds(10))
        .inject("promotion", new OperatorFault.PromotedByHand(REPLICA))
        .hold(Duration.ofSeconds(15))
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
