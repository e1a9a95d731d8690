package io.drillyard.bench;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.FileLedger;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.PacedWait;
import io.drillyard.ledger.WriteOutcome;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Events written to a real file through a {@link FileLedger}, on an open-loop schedule: an event
 * that is late does not push the next one back.
 */
final class Stream implements AutoCloseable {
  private static final Duration PACE = Duration.ofMillis(1);
  private static final int LOOKED_AT = 100;

  private final Path file;
  private final Lines lines;
  private final FileLedger ledger;
  private final double perSecond;
  private final long events;
  private final Thread thread;
  private final long startNanoTime = System.nanoTime();
  private volatile boolean stopped;

  /**
   * Starts.
   *
   * @param perSecond 0: as fast as they are taken
   * @param events then it ends by itself
   */
  Stream(Path folder, double perSecond, long events) throws IOException {
    this.file = Files.createTempFile(folder, "stream", ".ndjson");
    this.perSecond = perSecond;
    this.events = events;
    this.lines = new Lines(new FileOutputStream(file.toFile()));
    this.ledger = new FileLedger(lines, startNanoTime);
    this.thread = Thread.ofPlatform().name("stream").start(this::run);
  }

  private void run() {
    try {
      for (long k = 0; k < events && !stopped; k++) {
        if (perSecond > 0 && dueNs(k) > ledger.now()) {
          // Wakes once a millisecond, and then appends all that became due.
          PacedWait.pause(PACE);
        }
        ledger.append(event(k));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long dueNs(long k) {
    return Math.round(k * 1e9 / perSecond);
  }

  /** Three writes, then two probes: about the mix of a drill. */
  private Event event(long k) {
    Interval at = Interval.instant(ledger.now());
    if (k % 5 < 3) {
      return new Event.Write(
          at,
          at.startNs() - 1_000_000,
          "routed@onprem",
          "onprem",
          null,
          k + 1,
          WriteOutcome.ACKNOWLEDGED,
          "pg1",
          1,
          0x5000000L + k * 120,
          1000 + k,
          null,
          null);
    }
    return new Event.Probed(
        at, "pg2", Event.ProbeResult.READ_ONLY, true, 1, 0x5000000L + k * 120, 0x5000000L, null);
  }

  /** Waits until all events are in the file; returns how long that took, in seconds. */
  double finish(Duration limit) throws InterruptedException {
    if (!thread.join(limit)) {
      throw new IllegalStateException("the stream did not end within " + limit);
    }
    ledger.close();
    return (lines.lastNanoTime - startNanoTime) / 1e9;
  }

  /** From when an event was due until it was in the file, milliseconds; every hundredth. */
  Spread delays() {
    return Spread.of(lines.delays);
  }

  @Override
  public void close() throws IOException {
    stopped = true;
    try {
      finish(Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Files.deleteIfExists(file);
  }

  /** Counts the lines that pass, and with them how late each is. */
  private final class Lines extends OutputStream {
    private final OutputStream out;
    private final List<Double> delays = new ArrayList<>();
    private long written;
    private volatile long lastNanoTime;

    Lines(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      lastNanoTime = System.nanoTime();
      for (int i = offset; i < offset + length; i++) {
        if (bytes[i] == '\n' && written++ % LOOKED_AT == 0 && perSecond > 0) {
          delays.add((lastNanoTime - startNanoTime - dueNs(written - 1)) / 1e6);
        }
      }
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
