package catalogue.repository;

import static io.drillyard.declaration.ClusterRef.RESTORED;
import static io.drillyard.declaration.ClusterRef.SERVING;
import static io.drillyard.scenario.step.Conditions.everyReplicaStreaming;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.declaration.Disruption;
import io.drillyard.fault.HostFault;
import io.drillyard.fault.RepositoryFault.StoreClient;
import io.drillyard.fault.RepositoryFault.StoreTroubled;
import io.drillyard.fault.StoreTrouble;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import java.time.Duration;

/** Nobody notices that WAL is no longer archived, and then the site is lost. */
public final class ArchiveFailsUnseen implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The archive fails unseen, and then the site is lost",
            "The store no longer lets the members write, for longer than the declared loss, and"
                + " nobody looks; what is restored at the second site lacks all of that time.")
        .in("two-sites")
        .judgedFor("task-orchestration", Disruption.SITE_LOSS)
        .clients(Drill.Clients.AT_OTHER_SITES)
        .takenOverBy(RESTORED)
        .knownUnsafe("dataLoss", "nothing was archived for longer than the declared loss")
        .steadyFor(Duration.ofSeconds(15))
        .inject(
            "prepare-archive", new StoreTroubled(StoreClient.ARCHIVER, StoreTrouble.WRITING_DENIED))
        .hold(Duration.ofSeconds(75))
        .inject("site-loss", new HostFault.SiteLoss())
        .hold(Duration.ofSeconds(2))
        .fence(SERVING)
        .restore(RESTORED)
        .await(service(), Duration.ofSeconds(60))
        .await(everyReplicaStreaming(), Duration.ofMinutes(2))
        .hold(Duration.ofSeconds(5))
        .heal("site-loss")
        .heal("prepare-archive")
        .sufficientFor(Duration.ofSeconds(35))
        .watchFence(SERVING);
  }
}
