package catalogue.load;

import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.LoadFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** A lock is no failure that Patroni could see. */
public final class WritersPileUp implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "Writers pile up behind a lock",
            "A session holds the table for longer than the target: nothing ends the session, nobody fails over, and the drill must say so.")
        .in("onprem-sync")
        .judgedBeside("inventory-tenancy", Disruption.NODE_LOSS)
        .knownUnsafe(
            "recoveryTime",
            "no lock_timeout, no idle_in_transaction_session_timeout: the lock is held as long as its session lives")
        .steadyFor(Duration.ofSeconds(10))
        .inject("lock", new LoadFault.LockPileUp())
        .hold(Duration.ofSeconds(50))
        .heal("lock")
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
