package io.drillyard.scenario.step;

import io.drillyard.cluster.Archive;
import io.drillyard.cluster.Cluster;
import io.drillyard.host.Host;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Ledger;
import java.time.Duration;
import java.util.List;

/**
 * An operator approves and orders: a new cluster is restored from the lost one's repository path,
 * promoted on a new timeline, and archives to a path of its own.
 */
public record RestoreSecondSite() implements Step {
  @Override
  public String words() {
    return "an operator approves; a new cluster is restored at the second site, promoted, and"
        + " archives to its own path";
  }

  @Override
  public Duration limit() {
    return Duration.ofMinutes(4);
  }

  @Override
  public void run(Stage stage) throws InterruptedException {
    Ledger ledger = stage.ledger();
    Cluster lost = stage.primaryCluster();
    Cluster made = stage.recoveryCluster();
    SecondSite.approve(
        ledger,
        made,
        "the site of " + lost.scope() + " is lost; restore and promote " + made.scope());
    long start = ledger.now();
    made.etcd().start();
    made.configure(
        List.of(new Archive(stage.store(), stage.credentials(made.scope()))),
        new Cluster.RestoreFrom(lost.scope(), lost.plan().repositoryPath()));
    made.start();
    Host first = made.members().get(0);
    ledger.append(
        new Event.Action(
            ledger.since(start),
            SecondSite.OPERATOR,
            "restore",
            made.scope(),
            "restored on " + first.name() + " from " + lost.plan().repositoryPath()));
    stage.pin(made);
    SecondSite.archive(ledger, made, first);
    made.awaitReplicas(first.name());
  }
}
