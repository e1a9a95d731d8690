package io.drillyard.declaration;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A declared restore test.
 *
 * @param name file name without {@code .yaml}
 * @param environment that has the repository, with the sandbox's host in its inventory
 * @param external the repository, where it is not the demonstration's; null: it is
 * @param repository that is restored from: 1, or 2, and then the first is lost beforehand
 * @param sandbox inventory name of the host that is restored into
 * @param serves contexts whose data the repository holds
 * @param backup {@code latest}, {@code random}, {@code oldest} or a label
 * @param target {@code latest}, {@code random-instant}, {@code before-next-backup}, or {@code
 *     before-}, {@code at-} or {@code after-switch} of the newest timeline
 * @param timeline whose end the archive is followed to; null: the newest that has WAL
 * @param rto from the order to a database that passed its required rungs; null: none declared
 * @param backupAge how long ago the newest backup may have ended; null: none declared
 * @param freshness how old the newest heartbeat may be; null: none declared
 * @param heartbeat column of times that the source writes; null: there is none
 * @param assertions questions to the restored data
 * @param limit longest that one whole test may take; null: it follows from the size
 * @param preload libraries that the sandbox preloads besides those of the restored configuration
 */
public record RestorePolicy(
    String name,
    String description,
    Environment environment,
    @Nullable ExternalRepository external,
    int repository,
    String sandbox,
    List<String> serves,
    String backup,
    String target,
    @Nullable Long timeline,
    @Nullable Duration rto,
    @Nullable Duration backupAge,
    @Nullable Duration freshness,
    @Nullable Heartbeat heartbeat,
    List<Assertion> assertions,
    @Nullable Duration limit,
    List<String> preload) {

  /** Where the source writes the time. */
  public record Heartbeat(String database, String table, String column) {}

  /**
   * A question with its expected answer.
   *
   * @param expect the value itself, or a comparison such as {@code > 0}
   */
  public record Assertion(String name, String database, String query, String expect) {}

  /** Longest that a test of any size may take where no limit is stated. */
  public static final Duration MOST = Duration.ofDays(1);

  /** What no test of this policy takes longer than. */
  public Duration atMost() {
    return limit == null ? MOST : limit;
  }

  /** The same test with another choice. */
  public RestorePolicy choosing(String newBackup, String newTarget) {
    return with(newBackup, newTarget, backupAge);
  }

  /** The same test, whose newest backup may be so old. */
  public RestorePolicy tolerating(Duration newBackupAge) {
    return with(backup, target, newBackupAge);
  }

  private RestorePolicy with(String newBackup, String newTarget, @Nullable Duration newBackupAge) {
    return new RestorePolicy(
        name,
        description,
        environment,
        external,
        repository,
        sandbox,
        serves,
        newBackup,
        newTarget,
        timeline,
        rto,
        newBackupAge,
        freshness,
        heartbeat,
        assertions,
        limit,
        preload);
  }
}
