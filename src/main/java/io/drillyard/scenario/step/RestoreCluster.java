package io.drillyard.scenario.step;

import io.drillyard.check.GateWasRight;
import io.drillyard.check.OrdersWereApproved;
import io.drillyard.cluster.ArchiveAccount;
import io.drillyard.cluster.Cluster;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Ledger;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gate is asked, an operator approves and orders: a new cluster is restored from the lost one's
 * repository path, promoted on a new timeline, and archives to a path of its own.
 *
 * @param which cluster that is restored from another one's backups
 * @param leftOut why the gate's answer is not obeyed, in a control; null: it is
 */
public record RestoreCluster(ClusterRef which, @Nullable String leftOut) implements Step {
  @Override
  public String words() {
    return GateWasRight.PLANNED
        + ", "
        + OrdersWereApproved.PLANNED
        + ", an operator approves; %s comes from the other's backups, is promoted, and archives to its own path"
            .formatted(which.words());
  }

  private static String source(Cluster made) {
    String source = made.plan().restoredFrom();
    if (source == null) {
      throw new HostException(made.plan().name() + " is restored from no cluster");
    }
    return source;
  }

  @Override
  public List<ClusterRef> clusters() {
    return List.of(which);
  }

  @Override
  public ClusterRef promotes() {
    return which;
  }

  @Override
  public Duration limit() {
    return Duration.ofMinutes(4);
  }

  @Override
  public void run(DrillStage stage) throws InterruptedException {
    Ledger ledger = stage.ledger();
    Cluster made = stage.cluster(which);
    Cluster lost = stage.cluster(ClusterRef.named(source(made)));
    PromotionOrder.ask(stage, made, lost, leftOut);
    OperatorActions.approve(
        ledger,
        made,
        "the site of " + lost.scope() + " is lost; restore and promote " + made.scope());
    long start = ledger.now();
    made.etcd().start(made.members());
    made.configure(
        List.of(new ArchiveAccount(stage.store(), stage.credentials(made))),
        new Cluster.RestoreFrom(lost.scope(), lost.plan().repositoryPath()));
    made.start();
    Host first = made.members().get(0);
    ledger.append(
        new Event.Action(
            ledger.since(start),
            OperatorActions.OPERATOR,
            "restore",
            made.scope(),
            "restored on " + first.name() + " from " + lost.plan().repositoryPath()));
    stage.pin(made);
    stage.servesNow(made);
    OperatorActions.archive(ledger, made, first);
    made.awaitReplicas(first.name());
  }
}
