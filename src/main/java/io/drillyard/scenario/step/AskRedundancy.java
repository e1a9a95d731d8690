package io.drillyard.scenario.step;

import io.drillyard.check.HandoverIsProved;
import io.drillyard.cluster.BoundedWait;
import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.ClusterDemotion;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.ledger.Ledger;
import io.drillyard.ledger.RedundancySeen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Before anything of a planned hand-over is done: does every member of the cluster that is to take
 * over receive WAL, and every standby of the one that serves? A second switch before that is
 * refused, and nothing comes of it.
 *
 * @param from the cluster that serves
 * @param to the one that is to take over
 * @param refused the plan wants redundancy not to be back yet
 */
public record AskRedundancy(ClusterRef from, ClusterRef to, boolean refused) implements Step {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @Override
  public String words() {
    return refused
        ? "an operator orders that %s take over before redundancy is back: %s"
            .formatted(to.words(), HandoverIsProved.REFUSED)
        : HandoverIsProved.REDUNDANCY + " before %s may take over".formatted(to.words());
  }

  @Override
  public List<ClusterRef> clusters() {
    return List.of(from, to);
  }

  @Override
  public Duration limit() {
    return Duration.ofSeconds(60);
  }

  @Override
  public void run(DrillStage stage) throws InterruptedException {
    Ledger ledger = stage.ledger();
    Cluster old = stage.cluster(from);
    Cluster next = stage.cluster(to);
    long start = ledger.now();
    List<String> missing = missing(old, next);
    if (!refused && !missing.isEmpty()) {
      // One look may come at a bad moment of a machine that has other work.
      BoundedWait.quietly(PATIENCE, () -> missing(old, next).isEmpty());
      missing = missing(old, next);
    }
    NothingIsRun watch = NothingIsRun.on(stage, List.of(old, next));
    ledger.append(
        new RedundancySeen(ledger.since(start), old.scope(), next.scope(), missing, refused));
    if (missing.isEmpty() == refused) {
      throw new HostException(
          refused
              ? "redundancy was not to be back, and is: nothing is shown"
              : "%s may not take over: %s".formatted(next.scope(), missing.getFirst()));
    }
    if (refused) {
      watch.look(next);
    }
  }

  private static List<String> missing(Cluster old, Cluster next) {
    List<String> missing = new ArrayList<>();
    Host leader = old.leader();
    if (!old.everyReplicaStreams(leader.name())) {
      missing.add("not every standby streams from " + leader.name());
    }
    new ClusterDemotion(next)
        .receivingNothing()
        .forEach(member -> missing.add(member + " receives nothing"));
    return missing;
  }
}
