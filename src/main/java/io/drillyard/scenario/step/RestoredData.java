package io.drillyard.scenario.step;

import io.drillyard.cluster.BoundedWait;
import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.PgBackRest;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.ledger.ClusterRebuilt;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.Ledger;
import io.drillyard.ledger.Lsn;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a rebuilt cluster got out of another one's backups, and how it caught up with that one. */
final class RestoredData {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** What two readings of one clock, and a log's milliseconds, may be apart. */
  private static final long CLOCK_NS = 5_000_000;

  private RestoredData() {}

  /**
   * The backup that a restore is to take.
   *
   * @param label of the newest one
   * @param bytes of its database; null where the repository does not tell
   * @param endLsn where its own WAL ends; null likewise
   */
  record Source(
      Cluster.RestoreFrom from, String label, @Nullable Long bytes, @Nullable Long endLsn) {}

  /**
   * The newest backup of a cluster.
   *
   * @throws HostException where it has none
   */
  static Source newest(Cluster source, Host leader) {
    Map<String, String> newest = source.pgBackRest().newestBackup(leader);
    String label = newest.get("label");
    if (label == null) {
      throw new HostException(
          "%s has no backup to rebuild another cluster from: %s"
              .formatted(source.scope(), newest.getOrDefault("error", "none was taken")));
    }
    String bytes = newest.getOrDefault("databaseBytes", "");
    String end = newest.getOrDefault("lsnStop", "");
    return new Source(
        new Cluster.RestoreFrom(source.scope(), source.plan().repositoryPath()),
        label,
        bytes.isEmpty() ? null : Long.valueOf(bytes),
        end.isEmpty() ? null : Lsn.parse(end));
  }

  /** Returns when the first member has replayed all that the other cluster had flushed. */
  static ClusterRebuilt.Restored caughtUp(
      Ledger ledger, Cluster made, Cluster source, Source backup) {
    Host first = made.members().getFirst();
    PgBackRest.LastRestore done = new PgBackRest(source.scope()).lastRestore(first);
    long now = ledger.now();
    if (done == null) {
      throw new HostException(
          "%s follows, and its host has no record of a restore".formatted(made.scope()));
    }
    if (!done.label().equals(backup.label())) {
      throw new HostException(
          "%s was restored from %s, not from the newest backup %s"
              .formatted(made.scope(), done.label(), backup.label()));
    }
    long endNs = now - done.agoMs() * 1_000_000;
    long startNs = endNs - done.tookMs() * 1_000_000;
    Host leader = source.leader();
    Long[] reached = new Long[1];
    BoundedWait.until(
        "%s: %s has replayed what %s flushed".formatted(made.scope(), first.name(), leader.name()),
        LIMIT,
        () -> {
          Long flushed = source.position(leader);
          Long replayed = made.position(first);
          reached[0] = flushed;
          return flushed != null
              && replayed != null
              && Long.compareUnsigned(replayed, flushed) >= 0;
        },
        () -> made.scope() + " is behind");
    Long end = backup.endLsn();
    Long at = reached[0];
    return new ClusterRebuilt.Restored(
        source.scope(),
        source.plan().repositoryPath(),
        done.label(),
        new Interval(startNs - CLOCK_NS, endNs + CLOCK_NS),
        backup.bytes(),
        new Interval(endNs - CLOCK_NS, ledger.now()),
        end == null || at == null ? null : at - end);
  }
}
