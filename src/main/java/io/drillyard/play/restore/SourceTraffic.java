package io.drillyard.play.restore;

import io.drillyard.check.backup.SingleContextLooks;
import io.drillyard.host.HostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Somebody works with the source, whatever happens to its backups: a write each 50 ms, and every so
 * often a heartbeat and a new WAL segment.
 */
final class SourceTraffic implements AutoCloseable {
  private static final int PACE_MS = 50;

  /** Writes per segment, of which a volume of 1 GiB takes ten minutes. */
  static final int CALM = 200;

  /** Writes per segment, of which it takes one minute. */
  static final int BUSY = 20;

  private static final Duration FLOWS = Duration.ofSeconds(5);
  private static final Duration LAST = Duration.ofSeconds(10);

  private final DemonstrationSource source;
  private final Connection connection;
  private final int perSegment;
  private final ScheduledExecutorService clock;
  private @Nullable ScheduledFuture<?> turns;
  private int acknowledged;
  private long lastNs = System.nanoTime();
  private long longestNs;
  private int failed;

  private SourceTraffic(DemonstrationSource source, Connection connection, int perSegment) {
    this.source = source;
    this.connection = connection;
    this.perSegment = perSegment;
    this.clock = Executors.newSingleThreadScheduledExecutor();
  }

  /**
   * Begins.
   *
   * @param perSegment writes until the next segment
   */
  static SourceTraffic on(DemonstrationSource source, int perSegment) {
    try {
      SourceTraffic traffic = new SourceTraffic(source, source.connect(), perSegment);
      traffic.turns =
          traffic.clock.scheduleWithFixedDelay(traffic::turn, 0, PACE_MS, TimeUnit.MILLISECONDS);
      return traffic;
    } catch (SQLException e) {
      throw new HostException("nobody can work with the source", e);
    }
  }

  private void turn() {
    try {
      source.write(connection);
      told();
    } catch (SQLException e) {
      synchronized (this) {
        failed++;
      }
    }
  }

  private synchronized void told() throws SQLException {
    long now = System.nanoTime();
    longestNs = Math.max(longestNs, now - lastNs);
    lastNs = now;
    acknowledged++;
    if (acknowledged % perSegment == 0) {
      source.beat(connection);
      source.switchSegment(connection);
    }
  }

  /** True when a write was acknowledged within the last seconds. */
  synchronized boolean flows() {
    return System.nanoTime() - lastNs < FLOWS.toNanos();
  }

  /** How the source's clients fared. */
  synchronized SingleContextLooks.WentOn wentOn() {
    long silent = Math.max(longestNs, System.nanoTime() - lastNs);
    return new SingleContextLooks.WentOn(acknowledged, failed, silent / 1e6, FLOWS.toMillis());
  }

  /** How the source's clients fared, in words. */
  synchronized String words() {
    long silent = Math.max(longestNs, System.nanoTime() - lastNs);
    return "%,d writes were acknowledged meanwhile, %d failed; the longest silence was %.1f s"
        .formatted(acknowledged, failed, silent / 1e9);
  }

  /** Ends; returns when the last write was answered. */
  @Override
  public void close() {
    ScheduledFuture<?> running = turns;
    boolean broke = running != null && running.isDone() && !running.isCancelled();
    clock.shutdown();
    try {
      if (!clock.awaitTermination(LAST.toSeconds(), TimeUnit.SECONDS)) {
        clock.shutdownNow();
      }
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      throw new HostException("the source's client did not end", e);
    }
    if (broke) {
      throw new HostException("the source's client broke off");
    }
  }
}
