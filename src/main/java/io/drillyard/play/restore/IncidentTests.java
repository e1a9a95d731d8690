package io.drillyard.play.restore;

import io.drillyard.check.backup.Rung;
import io.drillyard.cluster.BoundedWait;
import io.drillyard.cluster.FaultyStoreProxy;
import io.drillyard.cluster.ObjectStore;
import io.drillyard.declaration.Environment;
import io.drillyard.declaration.RestorePolicy;
import io.drillyard.host.Command;
import io.drillyard.host.CommandResult;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.host.Testbed;
import io.drillyard.play.tamper.BackupIncident;
import io.drillyard.play.tamper.StoreTrouble;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Incidents of a source that lives on: each is tested while it lasts, ended, and tested again. The
 * way of the restore test to the store is never disturbed; that is what {@link StoreTroubleTests}
 * are for.
 */
final class IncidentTests implements AutoCloseable {
  private static final Duration CAUGHT_UP_LIMIT = Duration.ofMinutes(5);
  private static final Duration A_MOMENT = Duration.ofSeconds(3);
  private static final Duration NO_BACKUP_FOR = Duration.ofSeconds(20);
  private static final Duration TAKES_OVER_LIMIT = Duration.ofSeconds(90);
  private static final Duration SERVES_AGAIN_LIMIT = Duration.ofMinutes(8);
  private static final long SEGMENT_BYTES = 16L << 20;

  /** A push that was under way when the incident began has come to its end by then. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(3);

  private static final Duration FULL_LIMIT = Duration.ofMinutes(4);
  private static final int DROPPED_SEGMENTS = 4;

  private final ObjectStore store;
  private final DemonstrationSource source;
  private final RepositoryUnderTest usual;
  private final ProgressLines progress;
  private final Host storeHost;
  private ArchiverWatch watch;

  IncidentTests(
      Testbed yard,
      ObjectStore store,
      DemonstrationSource source,
      RepositoryUnderTest usual,
      ProgressLines progress) {
    this.store = store;
    this.source = source;
    this.usual = usual;
    this.progress = progress;
    Environment.RepositoryState state = store.state();
    this.storeHost = yard.host(state.host());
    if (!List.of("s3", "minio").contains(state.type())) {
      throw new HostException(
          "incidents speak the S3 protocol; the store is of type " + state.type());
    }
    if (usual.policy().freshness() == null) {
      throw new HostException("incidents need a declared freshness to be noticed by");
    }
    this.watch = ArchiverWatch.of(source);
  }

  @Override
  public void close() {
    watch.close();
  }

  /** One incident: during, after. */
  void befall(RestoreTestSeries series, BackupIncident incident) throws IOException {
    try {
      switch (incident) {
        case QUEUE_LIMIT -> dropped(series);
        case ARCHIVE_EXPIRED -> expired(series);
        case BACKUP_MISSED -> missed(series);
        case WAL_DISK_FULL -> filled(series);
        case ONE_CONTEXT -> SingleContextRestore.befall(source, usual, series, incident, progress);
        default -> pushFails(series, incident);
      }
    } catch (HostException | BoundedWait.TimedOut e) {
      // What the source says of itself goes with the lab.
      source.members().forEach(m -> progress.say(lastWords(m)));
      throw e;
    }
  }

  private static String lastWords(Host member) {
    return "%s's last words:\n%s"
        .formatted(
            member.name(),
            member
                .attempt(
                    Command.sh(
                        "tail -n 25 /var/log/50-patroni.log; tail -n 15 /var/log/pgbackrest/*.log"))
                .stdout());
  }

  // --- What keeps the source from archiving --------------------------------------------------

  private void pushFails(RestoreTestSeries series, BackupIncident incident) throws IOException {
    FaultyStoreProxy door = FaultyStoreProxy.before(storeHost, store.state(), store.state().port());
    ArchivePushFault push = new ArchivePushFault(store, source, storeHost, door);
    List<String> seen = new ArrayList<>();
    RestoreTestOutcome during;
    boolean took = true;
    long failures = watch.failures();
    SourceTraffic traffic = SourceTraffic.on(source, SourceTraffic.CALM);
    try {
      long began = System.nanoTime();
      push.begin(incident);
      if (incident.rung() == null) {
        hold(began);
        traffic.close();
        source.archived(CAUGHT_UP_LIMIT);
        FaultyStoreProxy.Counts counts = door.counts();
        took = incident == BackupIncident.PUSH_BURSTS ? counts.failed() > 0 : counts.requests() > 0;
        seen.add(counts.words());
      } else {
        BoundedWait.quietly(UNDER_WAY, () -> false);
        long archived = watch.archived();
        seen.addAll(watch.told(began, failures));
        hold(began);
        seen.add(watch.waiting());
        long more = watch.archived() - archived;
        took = more == 0 && traffic.flows();
        if (!took) {
          seen.add(
              "%d segments were archived meanwhile, %s: this was not the incident"
                  .formatted(more, traffic.flows() ? "and writes went on" : "and no write came"));
        }
      }
      seen.add(traffic.words());
      seen.forEach(line -> progress.say("  " + line));
      during = series.damaged(usual.with(source.writes()), incident.option());
    } finally {
      traffic.close();
      push.end(incident);
    }
    series.write(during.as(control(incident, took, during), seen));
    long ended = System.nanoTime();
    source.archived(CAUGHT_UP_LIMIT);
    String caughtUp = caughtUp(ended);
    clear(door);
    after(series, incident, usual.policy(), List.of(caughtUp));
  }

  private static RestoreTestOutcome.Control control(
      BackupIncident incident, boolean took, RestoreTestOutcome during) {
    Rung rung = incident.rung();
    StoreTrouble trouble = incident.trouble();
    if (!took) {
      return RepositoryFaultResults.undecided(
          incident.words(), rung == null ? Rung.REMOVED : rung, during);
    } else if (rung == null) {
      return RepositoryFaultResults.overcome(incident.words(), during);
    }
    // Where the restore test meets the trouble itself, it has to call it by its kind.
    String beginning = trouble != null && rung == trouble.rung() ? trouble.beginning() : "";
    return RepositoryFaultResults.caught(incident.words(), rung, beginning, during);
  }

  /** As it was before. */
  private void clear(FaultyStoreProxy door) {
    source.through(null, Map.of());
    door.shut();
  }

  /** Until the heartbeat that is in the archive is certainly older than declared. */
  private void hold(long began) {
    Duration freshness = java.util.Objects.requireNonNull(usual.policy().freshness());
    double seconds = freshness.toMillis() * 1.3 / 1e3 + 1;
    BoundedWait.quietly(
        freshness.multipliedBy(2).plusSeconds(2), () -> ArchiverWatch.since(began) > seconds);
  }

  private static String caughtUp(long ended) {
    return "everything was archived %.1f s after it had ended"
        .formatted(ArchiverWatch.since(ended));
  }

  private void after(
      RestoreTestSeries series, BackupIncident incident, RestorePolicy policy, List<String> seen)
      throws IOException {
    seen.forEach(line -> progress.say("  " + line));
    // Whoever lives on has a heart that beats.
    work(A_MOMENT);
    RestoreTestOutcome test =
        series.damaged(
            usual.with(policy).with(source.writes()), incident.option() + RestoreOrder.AFTERWARDS);
    series.write(
        test.as(RepositoryFaultResults.overcome(incident.words() + ": afterwards", test), seen));
  }

  // --- What retention and limits do ----------------------------------------------------------

  private void dropped(RestoreTestSeries series) throws IOException {
    FaultyStoreProxy door = FaultyStoreProxy.before(storeHost, store.state(), store.state().port());
    List<String> seen = new ArrayList<>();
    long failures = watch.failures();
    try (SourceTraffic traffic = SourceTraffic.on(source, SourceTraffic.BUSY)) {
      door.shut();
      source.through(
          FaultyStoreProxy.PORT, Map.of("archive-push-queue-max", "48MiB", "io-timeout", "1"));
      long called = watch.archived();
      BoundedWait.until(
          DROPPED_SEGMENTS + " segments are called archived while nobody listens",
          ArchiverWatch.TOLD_LIMIT,
          () -> watch.archived() >= called + DROPPED_SEGMENTS,
          watch::words);
      seen.add(
          "pg_stat_archiver called %d segments archived that nobody took, and told of %d failures before that"
              .formatted(watch.archived() - called, watch.failures() - failures));
      seen.add(traffic.words());
    } finally {
      door.open(List.of());
    }
    source.archived(CAUGHT_UP_LIMIT);
    clear(door);
    seen.forEach(line -> progress.say("  " + line));
    caught(series, BackupIncident.QUEUE_LIMIT, usual.policy(), seen);
    source.backUp();
    source.archived(CAUGHT_UP_LIMIT);
    after(
        series, BackupIncident.QUEUE_LIMIT, usual.policy(), List.of("a new full backup was taken"));
  }

  private void expired(RestoreTestSeries series) throws IOException {
    source.backUp();
    work(Duration.ofSeconds(5));
    source.backUp();
    work(Duration.ofSeconds(5));
    CommandResult said =
        source.pgBackRest(
            "expire", "--repo1-retention-archive-type=full", "--repo1-retention-archive=1");
    if (!said.ok()) {
      throw new HostException("pgbackrest expire failed: " + said.tail());
    }
    RestorePolicy oldest = usual.policy().choosing("oldest", "latest");
    caught(
        series,
        BackupIncident.ARCHIVE_EXPIRED,
        oldest,
        List.of("pgbackrest expire --repo1-retention-archive=1 beside --repo1-retention-full=2"));
    after(
        series,
        BackupIncident.ARCHIVE_EXPIRED,
        usual.policy(),
        List.of("the newer backup is restored in its place"));
  }

  private void missed(RestoreTestSeries series) throws IOException {
    source.backUp();
    work(NO_BACKUP_FOR.plusSeconds(2));
    caught(
        series, BackupIncident.BACKUP_MISSED, usual.policy().tolerating(NO_BACKUP_FOR), List.of());
    source.backUp();
    source.archived(CAUGHT_UP_LIMIT);
    after(
        series,
        BackupIncident.BACKUP_MISSED,
        usual.policy().tolerating(NO_BACKUP_FOR),
        List.of("a new full backup was taken"));
  }

  /**
   * Told early enough, or not: that is the question. What the failed primary kept is not archived.
   */
  private void filled(RestoreTestSeries series) throws IOException {
    FaultyStoreProxy door = FaultyStoreProxy.before(storeHost, store.state(), store.state().port());
    List<String> seen = new ArrayList<>();
    Host primary = source.leader();
    long failures = watch.failures();
    try (SourceTraffic traffic = SourceTraffic.on(source, SourceTraffic.BUSY)) {
      door.shut();
      source.through(FaultyStoreProxy.PORT, Map.of());
      long began = System.nanoTime();
      double[] told = {Double.NaN};
      boolean stopped =
          BoundedWait.quietly(
              FULL_LIMIT,
              () -> {
                try {
                  if (Double.isNaN(told[0]) && watch.failures() > failures) {
                    told[0] = ArchiverWatch.since(began);
                  }
                  return false;
                } catch (HostException e) {
                  return true;
                }
              });
      if (!stopped || freeBytes(primary) >= SEGMENT_BYTES) {
        throw new HostException(
            stopped
                ? primary.name()
                    + " stopped, and has room for another segment: this was not the incident"
                : "the primary's volume was not full within " + FULL_LIMIT);
      }
      seen.add(
          "the primary stopped %.1f s after the store was gone; pg_stat_archiver had told %s"
              .formatted(
                  ArchiverWatch.since(began),
                  Double.isNaN(told[0]) ? "nothing" : "of it after %.1f s".formatted(told[0])));
      seen.add(traffic.words());
      seen.add(takenOver(primary.name()));
      seen.forEach(line -> progress.say("  " + line));
      caught(series, BackupIncident.WAL_DISK_FULL, usual.policy(), seen);
    } finally {
      door.open(List.of());
    }
    long back = System.nanoTime();
    String leader = source.leader(SERVES_AGAIN_LIMIT).name();
    String again =
        "%s accepted writes %.1f s after the store was back"
            .formatted(leader, ArchiverWatch.since(back));
    watch.close();
    watch = ArchiverWatch.of(source);
    source.archived(CAUGHT_UP_LIMIT);
    clear(door);
    after(
        series,
        BackupIncident.WAL_DISK_FULL,
        usual.policy(),
        List.of(again, "%s led before".formatted(primary.name())));
  }

  private static long freeBytes(Host member) {
    return Long.parseLong(
        member
            .run(Command.sh("df -B1 --output=avail /var/lib/postgresql | tail -n 1"))
            .stdout()
            .strip());
  }

  /** Whether the cluster helps itself while the store is away. */
  private String takenOver(String primary) {
    try {
      return "%s accepts writes in place of %s"
          .formatted(source.leader(TAKES_OVER_LIMIT).name(), primary);
    } catch (BoundedWait.TimedOut e) {
      return "nobody took over within %d s".formatted(TAKES_OVER_LIMIT.toSeconds());
    }
  }

  /** So long of work, all of it archived. */
  private void work(Duration time) {
    long began = System.nanoTime();
    try (SourceTraffic traffic = SourceTraffic.on(source, SourceTraffic.BUSY)) {
      BoundedWait.quietly(
          time.multipliedBy(2), () -> ArchiverWatch.since(began) > time.toMillis() / 1e3);
      progress.say("  " + traffic.words());
    }
    source.archived(CAUGHT_UP_LIMIT);
  }

  private void caught(
      RestoreTestSeries series, BackupIncident incident, RestorePolicy policy, List<String> seen)
      throws IOException {
    RestoreTestOutcome test =
        series.damaged(usual.with(policy).with(source.writes()), incident.option());
    Rung rung = java.util.Objects.requireNonNull(incident.rung());
    series.write(test.as(RepositoryFaultResults.caught(incident.words(), rung, "", test), seen));
  }
}
