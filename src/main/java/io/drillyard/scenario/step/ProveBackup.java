package io.drillyard.scenario.step;

import io.drillyard.check.BackupIsProven;
import io.drillyard.cluster.Cluster;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.ledger.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A restore test of a cluster's newest backup, in a sandbox that nobody can reach: with all that
 * its clients had been told when its archive was brought up to date.
 *
 * @param which cluster, whose leader has to be up
 */
public record ProveBackup(ClusterRef which) implements Step {
  @Override
  public String words() {
    return BackupIsProven.PLANNED + which.words();
  }

  @Override
  public List<ClusterRef> clusters() {
    return List.of(which);
  }

  @Override
  public Duration limit() {
    return Duration.ofMinutes(5);
  }

  @Override
  public void run(DrillStage stage) {
    Cluster cluster = stage.cluster(which);
    long start = stage.ledger().now();
    Map<String, Long> told = stage.acknowledgedBy(cluster);
    // Ends a segment and sees it arrive: what was told before is archived then.
    cluster.pgBackRest().check(cluster.leader());
    stage
        .ledger()
        .append(
            new Event.Action(
                stage.ledger().since(start),
                "harness",
                BackupIsProven.UP_TO_DATE,
                cluster.scope(),
                "what %d clients had been told before is archived".formatted(told.size())));
    stage.proveBackup(cluster, told);
  }
}
