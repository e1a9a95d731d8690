package io.drillyard.scenario.step;

import io.drillyard.check.LineageIsClean;
import io.drillyard.cluster.ArchiveAccount;
import io.drillyard.cluster.Cluster;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.ledger.ClusterRebuilt;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Ledger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An operator has a returned, fenced site rebuilt from nothing: what its hosts held is wiped, which
 * is looked at, and a new incarnation of its cluster follows the one that took over. It has a path
 * and an account of its own at the repository; the former path is written to by nobody any more.
 *
 * @param which cluster whose hosts are used again
 * @param followed the one that serves now
 * @param data where they come from
 */
public record RebuildCluster(ClusterRef which, ClusterRef followed, Data data) implements Step {
  /** Where the first member of the new incarnation gets its data. */
  public enum Data {
    /** A base backup of the cluster that it follows, over the network. */
    COPIED,
    /** The newest backup of that cluster, from the repository. */
    RESTORED
  }

  /** pgrep: no process matched; anything else but 0 is an error. */
  private static final int NONE = 1;

  @Override
  public String words() {
    return "an operator has %s %s: its hosts are wiped, %sand it follows %s"
        .formatted(
            which.words(),
            LineageIsClean.REBUILDS,
            data == Data.RESTORED ? "it is restored from the other's newest backup, " : "",
            followed.words());
  }

  @Override
  public List<ClusterRef> clusters() {
    return List.of(which, followed);
  }

  @Override
  public Duration limit() {
    return Duration.ofMinutes(4);
  }

  @Override
  public void run(DrillStage stage) {
    Ledger ledger = stage.ledger();
    Cluster old = stage.cluster(which);
    Cluster source = stage.cluster(followed);
    stage.listRepositories();
    long start = ledger.now();
    Map<String, Host> hosts = new LinkedHashMap<>();
    old.members().forEach(h -> hosts.put(h.name(), h));
    old.etcd().hosts().forEach(h -> hosts.put(h.name(), h));
    hosts.values().forEach(host -> wipe(ledger, old, host));
    Cluster made = stage.rebuilt(which, followed);
    source.keepSlotFor(made.plan());
    made.etcd().start(made.members());
    List<ArchiveAccount> archives =
        List.of(new ArchiveAccount(stage.store(), stage.credentials(made)));
    RestoredData.Source backup =
        data == Data.RESTORED ? RestoredData.newest(source, source.leader()) : null;
    made.configure(archives, backup == null ? null : backup.from());
    made.start();
    ClusterRebuilt.Restored restored =
        backup == null ? null : RestoredData.caughtUp(ledger, made, source, backup);
    made.awaitReplicas(made.members().get(0).name());
    // From now on a boot is one like any other.
    hosts.values().forEach(host -> host.power().maintenanceBoot(false));
    ledger.append(
        new ClusterRebuilt(
            ledger.since(start),
            made.scope(),
            made.plan().incarnation(),
            made.plan().repositoryPath(),
            old.plan().repositoryPath(),
            restored));
    ledger.append(
        new Event.Action(
            ledger.since(start),
            OperatorActions.OPERATOR,
            "rebuild",
            made.scope(),
            "incarnation %d follows %s, and will archive to %s, not to %s"
                .formatted(
                    made.plan().incarnation(),
                    source.scope(),
                    made.plan().repositoryPath(),
                    old.plan().repositoryPath())));
  }

  /** Only a host on which nothing runs is wiped: a cluster that serves is never taken away. */
  private static void wipe(Ledger ledger, Cluster old, Host host) {
    long start = ledger.now();
    CommandResult running = host.attempt(Command.of("pgrep", "-l", "patroni|postgres|etcd"));
    if (running.exit() != NONE) {
      throw new HostException(
          "%s is not rebuilt: %s runs there, or could not be asked for"
              .formatted(host.name(), running.stdout().strip().replace('\n', ',')));
    }
    String left = old.wipe(host);
    if (!left.isEmpty()) {
      throw new HostException(host.name() + " is not empty after it was wiped: " + left);
    }
    ledger.append(
        new Event.Action(
            ledger.since(start),
            "harness",
            LineageIsClean.WIPED,
            host.name(),
            "no process of it runs, and nothing is left of its data, its WAL and its etcd"));
  }
}
