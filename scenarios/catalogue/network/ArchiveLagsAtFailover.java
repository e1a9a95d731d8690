package catalogue.network;

import static io.drillyard.fault.Who.PRIMARY;
import static io.drillyard.fault.Who.STORE;
import static io.drillyard.scenario.step.Conditions.newPrimary;
import static io.drillyard.scenario.step.Conditions.service;

import io.drillyard.fault.HostFault;
import io.drillyard.fault.LoadFault;
import io.drillyard.fault.NetworkFault;
import io.drillyard.fault.Plane;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenario;
import io.drillyard.target.Disruption;
import java.time.Duration;

/** Known unsafe: what only a lost primary could have archived is nowhere. */
public final class ArchiveLagsAtFailover implements Scenario {
  @Override
  public Drill plan() {
    return Drill.claiming(
            "The primary is lost for good while its archive lags",
            "The primary cannot reach the archive for a while, then its host is gone and stays"
                + " gone; a standby takes over. What was not archived is in no archive, and no"
                + " point in time behind it can be restored: that must be found.")
        .in("onprem-sync")
        .judgedFor("inventory-tenancy", Disruption.NODE_LOSS)
        .knownUnsafe(
            "archiveIsContinuous", "a standby archives nothing of what the lost primary had not")
        .steadyFor(Duration.ofSeconds(10))
        .inject("archive", NetworkFault.Cut.between(PRIMARY, STORE).on(Plane.ARCHIVE))
        .inject("flood", new LoadFault.WalFlood(2, 10))
        .hold(Duration.ofSeconds(15))
        .heal("flood")
        .inject("power", new HostFault.PowerOff(PRIMARY))
        .await(newPrimary(), Duration.ofSeconds(90))
        .await(service(), Duration.ofSeconds(30))
        .hold(Duration.ofSeconds(10))
        .sufficientFor(Duration.ofSeconds(10));
  }
}
