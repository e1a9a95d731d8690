package catalogue.operator;

import static io.drillyard.fault.Who.REPLICA;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;

import io.drillyard.fault.OperatorFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import io.drillyard.target.Disruption;
import java.time.Duration;

/** A promotion behind Patroni makes a second primary: it must be found. */
public final class PromotedBehindPatroni implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "A standby is promoted behind Patroni's back",
            "pg_ctl promote on a standby while the primary serves: two primaries, until Patroni notices.")
        .in("onprem-async")
        .judgedFor("task-orchestration", Disruption.NODE_LOSS)
        .knownUnsafe("noSplitBrain", "nothing keeps a hand from promoting a standby while the primary serves")
        .steadyFor(Duration.ofSeconds(10))
        .inject("by-hand", new OperatorFault.PromotedByHand(REPLICA))
        .hold(Duration.ofSeconds(15))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
