package io.drillyard.play.restore;

import io.drillyard.cluster.BoundedWait;
import io.drillyard.fault.Fault;
import io.drillyard.fault.RepositoryFault;
import io.drillyard.host.Command;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a source that lives on does in plans of restore tests: its clients write, it archives. */
final class LivingSourceSteps implements AutoCloseable {
  private static final Duration TAKES_OVER_LIMIT = Duration.ofSeconds(90);
  private static final Duration SERVES_AGAIN_LIMIT = Duration.ofMinutes(8);
  private static final Duration FULL_LIMIT = Duration.ofMinutes(4);
  private static final Duration LEFT_LIMIT = Duration.ofMinutes(3);
  private static final long SEGMENT_BYTES = 16L << 20;

  /** A push that was under way when the fault began has come to its end by then. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(3);

  private final RestoreTestStage stage;
  private final Consumer<String> seen;
  private @Nullable ArchiverWatch watch;
  private @Nullable SourceTraffic traffic;
  private @Nullable String primary;
  private long failures;
  private long called;
  private long beganNs;

  /**
   * On a stage.
   *
   * @param seen takes what is worth a remark
   */
  LivingSourceSteps(RestoreTestStage stage, Consumer<String> seen) {
    this.stage = stage;
    this.seen = seen;
  }

  private DemonstrationSource source() {
    return stage.source();
  }

  private ArchiverWatch watch() {
    ArchiverWatch open = watch;
    if (open == null) {
      open = ArchiverWatch.of(source());
      watch = open;
    }
    return open;
  }

  /** A fault is about to be injected: clients write from now on. */
  void begin(Fault fault) {
    if (fault.lasting() == Fault.Lasting.MOMENTARY) {
      return;
    }
    failures = watch().failures();
    called = watch().archived();
    primary = source().leader().name();
    traffic = SourceTraffic.on(source(), pace(fault));
    beganNs = System.nanoTime();
  }

  /** Where the end of a volume or of a queue is waited for, clients have to hurry. */
  private static int pace(Fault fault) {
    return fault instanceof RepositoryFault.QueueLimited ? SourceTraffic.BUSY : SourceTraffic.CALM;
  }

  /** The fault is healed: everything that waited is archived, whoever leads now. */
  void end(Duration limit) {
    stopTraffic();
    long back = System.nanoTime();
    String leader = source().leader(SERVES_AGAIN_LIMIT).name();
    if (!leader.equals(primary)) {
      seen.accept(
          "%s accepted writes %.1f s after it had ended; %s led before"
              .formatted(leader, ArchiverWatch.since(back), primary));
    }
    closeWatch();
    source().archived(limit);
    if (!leader.equals(primary)) {
      leftBehind();
    }
    seen.accept(
        "everything was archived %.1f s after it had ended".formatted(ArchiverWatch.since(back)));
  }

  /**
   * What the former primary had not archived when it stopped is on its disk alone; Patroni archives
   * it before it rewinds that member, which may take its time.
   */
  private void leftBehind() {
    Host former =
        source().members().stream().filter(m -> m.name().equals(primary)).findFirst().orElseThrow();
    long start = System.nanoTime();
    boolean all = BoundedWait.quietly(LEFT_LIMIT, () -> left(former) == 0);
    seen.accept(
        all
            ? "%s had archived what it was left with %.1f s later"
                .formatted(former.name(), ArchiverWatch.since(start))
            : "%s still holds %d segments that are not archived"
                .formatted(former.name(), left(former)));
  }

  private static long left(Host member) {
    return Long.parseLong(
        member
            .run(
                Command.sh(
                    "find /var/lib/postgresql -path '*/archive_status/*.ready' -regex '.*/[0-9A-F]*\\.ready' | wc -l"))
            .stdout()
            .strip());
  }

  private SourceTraffic traffic() {
    SourceTraffic running = traffic;
    if (running == null) {
      throw new IllegalStateException("no client writes: inject a fault first");
    }
    return running;
  }

  private void stopTraffic() {
    SourceTraffic running = traffic;
    traffic = null;
    if (running != null) {
      seen.accept(running.words());
      running.close();
    }
  }

  /** As long as {@link #untilStale} takes; returns when everything is archived all the same. */
  void archiving(Duration limit) {
    hold();
    stopTraffic();
    source().archived(limit);
  }

  /**
   * Until the heartbeat that is in the archive is certainly older than declared.
   *
   * @return whether nothing was archived meanwhile, though clients wrote
   */
  boolean untilStale() {
    BoundedWait.quietly(UNDER_WAY, () -> false);
    long archived = watch().archived();
    watch().told(beganNs, failures).forEach(seen);
    hold();
    seen.accept(watch().waiting());
    long more = watch().archived() - archived;
    boolean flows = traffic().flows();
    if (more > 0 || !flows) {
      seen.accept(
          "%d segments were archived meanwhile, %s: this was not the incident"
              .formatted(more, flows ? "and writes went on" : "and no write came"));
    }
    return more == 0 && flows;
  }

  private void hold() {
    Duration freshness = Objects.requireNonNull(stage.usual().policy().freshness());
    double seconds = freshness.toMillis() * 1.3 / 1e3 + 1;
    BoundedWait.quietly(
        freshness.multipliedBy(2).plusSeconds(2), () -> ArchiverWatch.since(beganNs) > seconds);
  }

  /** Until so many segments are called archived that nobody took. */
  void untilDropped(int segments) {
    BoundedWait.until(
        segments + " segments are called archived while nobody listens",
        ArchiverWatch.TOLD_LIMIT,
        () -> watch().archived() >= called + segments,
        watch()::words);
    seen.accept(
        "pg_stat_archiver called %d segments archived that nobody took, and told of %d failures before that"
            .formatted(watch().archived() - called, watch().failures() - failures));
  }

  /**
   * Told early enough, or not: that is the question. What the failed primary kept is not archived.
   */
  void untilPrimaryStops() {
    SourceTraffic calm = traffic();
    calm.close();
    traffic = SourceTraffic.on(source(), SourceTraffic.BUSY);
    Host leading = source().leader();
    double[] told = {Double.NaN};
    boolean stopped =
        BoundedWait.quietly(
            FULL_LIMIT,
            () -> {
              try {
                if (Double.isNaN(told[0]) && watch().failures() > failures) {
                  told[0] = ArchiverWatch.since(beganNs);
                }
                return false;
              } catch (HostException e) {
                return true;
              }
            });
    if (!stopped || freeBytes(leading) >= SEGMENT_BYTES) {
      throw new HostException(
          stopped
              ? leading.name()
                  + " stopped, and has room for another segment: this was not the incident"
              : "the primary's volume was not full within " + FULL_LIMIT);
    }
    seen.accept(
        "the primary stopped %.1f s after the store was gone; pg_stat_archiver had told %s"
            .formatted(
                ArchiverWatch.since(beganNs),
                Double.isNaN(told[0]) ? "nothing" : "of it after %.1f s".formatted(told[0])));
    seen.accept(takenOver(leading.name()));
  }

  private static long freeBytes(Host member) {
    return Long.parseLong(
        member
            .run(Command.sh("df -B1 --output=avail /var/lib/postgresql | tail -n 1"))
            .stdout()
            .strip());
  }

  /** Whether the cluster helps itself while the store is away. */
  private String takenOver(String before) {
    try {
      return "%s accepts writes in place of %s"
          .formatted(source().leader(TAKES_OVER_LIMIT).name(), before);
    } catch (BoundedWait.TimedOut e) {
      return "nobody took over within %d s".formatted(TAKES_OVER_LIMIT.toSeconds());
    }
  }

  /** So long of work, all of it archived. */
  void work(Duration time, Duration limit) {
    long began = System.nanoTime();
    try (SourceTraffic busy = SourceTraffic.on(source(), SourceTraffic.BUSY)) {
      BoundedWait.quietly(
          time.multipliedBy(2), () -> ArchiverWatch.since(began) > time.toMillis() / 1e3);
      stage.progress().say("  " + busy.words());
    }
    source().archived(limit);
  }

  private void closeWatch() {
    ArchiverWatch open = watch;
    watch = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() {
    SourceTraffic running = traffic;
    traffic = null;
    if (running != null) {
      running.close();
    }
    closeWatch();
  }
}
