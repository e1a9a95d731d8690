package io.drillyard.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A cluster was made anew on its hosts: its next incarnation began.
 *
 * @param at from before its hosts were wiped until every member streams
 * @param cluster Patroni scope
 * @param incarnation from 2
 * @param path in the bucket that it will archive to
 * @param formerPath that the one before archived to, and nobody may write to any more
 * @param restored how its first member got its data; null: as a copy of the cluster it follows
 */
public record ClusterRebuilt(
    Interval at,
    String cluster,
    int incarnation,
    String path,
    String formerPath,
    @Nullable Restored restored)
    implements Event.Apart {
  /** One that is a copy of the cluster that it follows. */
  public ClusterRebuilt(
      Interval at, String cluster, int incarnation, String path, String formerPath) {
    this(at, cluster, incarnation, path, formerPath, null);
  }

  /**
   * Restored from another cluster's backups, and caught up with that cluster since.
   *
   * @param from scope of the other cluster
   * @param path in the bucket that it archives to
   * @param label of the backup, by the tool's own log
   * @param copied from the beginning to the end of the tool's restore
   * @param bytes of the database in that backup; null where the repository does not tell
   * @param caughtUp from then until a look found that everything was replayed which the other
   *     cluster had flushed right before that look
   * @param walBytes of WAL between the backup's end and there; null where the repository does not
   *     tell where the backup ends
   */
  public record Restored(
      String from,
      String path,
      String label,
      Interval copied,
      @Nullable Long bytes,
      Interval caughtUp,
      @Nullable Long walBytes) {}
}
