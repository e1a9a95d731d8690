package io.drillyard.check.backup;

import io.drillyard.backup.WalContinuity;
import io.drillyard.declaration.RestorePolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a whole restore test may take where its policy states no limit: what a machine needs
 * that reads, writes and replays no faster than the floor, three processes at a time being paid for
 * as if they came one after the other.
 */
public final class RestoreTestTimeLimit {
  /** For a database of any size. */
  public static final Duration LEAST = Duration.ofMinutes(10);

  /** Whatever the size. */
  public static final Duration MOST = RestorePolicy.MOST;

  /** Slowest reading or writing of files, and of an object store, in bytes per second. */
  public static final long BYTES_PER_SECOND = 8L << 20;

  /** Slowest replay, in bytes of WAL per second. */
  public static final long WAL_BYTES_PER_SECOND = 4L << 20;

  /** Slowest store, in requests per second. */
  public static final long OBJECTS_PER_SECOND = 50;

  /** Copy, pg_amcheck, dump and pg_checksums each go through the whole database. */
  private static final int PASSES = 4;

  private RestoreTestTimeLimit() {}

  /**
   * Of a test whose way through the archive is known as far as it can be.
   *
   * @param what was read of the stanza; null: nothing
   * @param repositoryBytes of everything that is kept for the stanza
   * @param objects that it lies in
   */
  public static Duration of(
      RestoreTerms terms, @Nullable InformationLook what, long repositoryBytes, long objects) {
    RestoreChoice chosen = what == null ? null : what.choiceIfAny(terms);
    WalContinuity way = what == null || chosen == null ? null : what.way(terms, chosen);
    long wal =
        what == null || what.archive() == null || way == null
            ? 0
            : way.required() * what.archive().segmentBytes();
    long bytes = chosen == null ? 0 : chosen.backup().bytes();
    Duration size = bySize(repositoryBytes, objects, bytes, wal);
    // A test that is cut off before its target is over can miss nothing.
    Duration rto = terms.rto();
    return rto == null ? size : size.plus(rto);
  }

  /**
   * The default.
   *
   * @param repositoryBytes of everything that is kept for the stanza: verify reads all of it
   * @param objects that it lies in
   * @param databaseBytes of the restored files, by the manifest
   * @param walBytes between the backup's start and the archive's end
   */
  public static Duration bySize(
      long repositoryBytes, long objects, long databaseBytes, long walBytes) {
    long seconds =
        LEAST.toSeconds()
            + repositoryBytes / BYTES_PER_SECOND
            + objects / OBJECTS_PER_SECOND
            + PASSES * (databaseBytes / BYTES_PER_SECOND)
            + walBytes / WAL_BYTES_PER_SECOND;
    return Duration.ofSeconds(Math.min(seconds, MOST.toSeconds()));
  }
}
