package io.drillyard.scenario.step;

import io.drillyard.cluster.Cluster;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Ledger;
import io.drillyard.workload.WorkloadSchema;
import java.time.Duration;
import java.util.List;

/**
 * An operator lets the clients in again, where they had been turned away.
 *
 * @param which cluster that serves from now on
 */
public record OpenRoute(ClusterRef which) implements Step {
  @Override
  public String words() {
    return "an operator lets the clients in at " + which.words();
  }

  @Override
  public List<ClusterRef> clusters() {
    return List.of(which);
  }

  @Override
  public Duration limit() {
    return Duration.ofSeconds(30);
  }

  @Override
  public void run(DrillStage stage) {
    open(stage, stage.cluster(which));
  }

  /** Lets the clients in at that cluster. */
  static void open(DrillStage stage, Cluster cluster) {
    Ledger ledger = stage.ledger();
    long start = ledger.now();
    cluster.sql(
        cluster.leader(),
        "postgres",
        List.of("alter role " + WorkloadSchema.CLIENT_ROLE + " login"));
    ledger.append(
        new Event.Action(
            ledger.since(start),
            OperatorActions.OPERATOR,
            "open-route",
            cluster.scope(),
            "the clients may log in again"));
  }
}
