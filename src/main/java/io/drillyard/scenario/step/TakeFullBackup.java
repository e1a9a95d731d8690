package io.drillyard.scenario.step;

import io.drillyard.check.UnprotectedTime;
import io.drillyard.cluster.Cluster;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.host.Host;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Ledger;
import java.time.Duration;
import java.util.List;

/**
 * An operator takes a full backup of a cluster that took over: until it is there, nothing of that
 * cluster could be restored.
 *
 * @param which cluster, whose leader has to be up
 */
public record TakeFullBackup(ClusterRef which) implements Step {
  private static final int FIRST_REPOSITORY = 1;

  @Override
  public String words() {
    return "an operator takes the first full backup of " + which.words();
  }

  @Override
  public List<ClusterRef> clusters() {
    return List.of(which);
  }

  @Override
  public Duration limit() {
    return Duration.ofMinutes(6);
  }

  @Override
  public void run(DrillStage stage) {
    Ledger ledger = stage.ledger();
    Cluster cluster = stage.cluster(which);
    Host leader = cluster.leader();
    long start = ledger.now();
    // Until the checkpoint after a promotion is done, pgBackRest refuses a backup with error 058.
    cluster.sql(leader, "postgres", List.of("checkpoint"));
    cluster.pgBackRest().backup(leader, "full", FIRST_REPOSITORY);
    String label = cluster.pgBackRest().newestBackup(leader).getOrDefault("label", "unknown");
    ledger.append(
        new Event.Action(
            ledger.since(start),
            OperatorActions.OPERATOR,
            UnprotectedTime.BACKUP,
            cluster.scope(),
            "full backup %s in %s".formatted(label, cluster.plan().repositoryPath())));
  }
}
