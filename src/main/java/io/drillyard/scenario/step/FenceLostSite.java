package io.drillyard.scenario.step;

import io.drillyard.check.FenceHeld;
import io.drillyard.cluster.Cluster;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.host.Host;
import io.drillyard.ledger.Event;
import java.time.Duration;
import java.util.List;

/**
 * The lost site is fenced before anybody is promoted elsewhere: its account at the repository is
 * revoked, and at the out-of-band controllers of its hosts the next boot is held before services.
 */
public record FenceLostSite(ClusterRef lost) implements Step {
  @Override
  public String words() {
    return FenceHeld.PLANNED
        + " the site of "
        + lost.words()
        + ": repository account revoked, boots held";
  }

  @Override
  public List<ClusterRef> clusters() {
    return List.of(lost);
  }

  @Override
  public Duration limit() {
    return Duration.ofSeconds(30);
  }

  @Override
  public void run(DrillStage stage) {
    long start = stage.ledger().now();
    Cluster cluster = stage.cluster(lost);
    List<Host> hosts = stage.siteOf(cluster);
    String account = cluster.plan().account();
    hosts.forEach(h -> h.power().maintenanceBoot(true));
    stage.store().revoke(account);
    String site = hosts.get(0).site();
    stage
        .ledger()
        .append(
            new Event.Action(
                stage.ledger().since(start),
                "operator",
                FenceHeld.FENCE,
                site,
                "repository account '"
                    + account
                    + "' revoked; boots of "
                    + hosts.size()
                    + " hosts held"));
    boolean denied = !stage.repository().admits(stage.credentials(cluster));
    stage
        .ledger()
        .append(
            new Event.Action(
                stage.ledger().since(start),
                "harness",
                denied ? FenceHeld.WITNESSED : FenceHeld.NOT_IN_FORCE,
                site,
                "the repository " + (denied ? "denies" : "still admits") + " the old account"));
  }
}
