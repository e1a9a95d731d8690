package baseline.consensus;

import static io.drillyard.fault.Who.ETCD_MAJORITY;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.primary;
import static io.drillyard.scenario.step.Conditions.service;
import static io.drillyard.scenario.step.Conditions.serviceStopped;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.HostFault;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** Without a quorum of etcd nobody writes; with it, service returns and nothing was lost. */
public final class EtcdLosesQuorum implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "etcd loses its quorum, then gets it back",
            "While etcd has no quorum the primary steps down rather than risk a second one; once"
                + " the quorum is back, service returns within the declared time and no"
                + " acknowledged write is lost.")
        .in("onprem-etcd-apart")
        .judgedFor("inventory-tenancy", Disruption.CONSENSUS_LOSS)
        .steadyFor(Duration.ofSeconds(10))
        .inject("quorum-loss", new HostFault.PowerOff(ETCD_MAJORITY))
        .await(serviceStopped(), Duration.ofSeconds(60))
        .hold(Duration.ofSeconds(10))
        .heal("quorum-loss")
        .await(primary(), Duration.ofSeconds(90))
        .await(service(), Duration.ofSeconds(30))
        .await(everyReplicaStreaming(), Duration.ofMinutes(3))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
