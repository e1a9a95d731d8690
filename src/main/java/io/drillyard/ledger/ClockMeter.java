package io.drillyard.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Writes down the wall clock beside the monotonic one, ten times a second.
 *
 * <p>A judge compares the two: a jump of the wall clock during a run changes what the systems under
 * test do, and makes the run undetermined.
 */
public final class ClockMeter implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(100);
  private static final Duration END_LIMIT = Duration.ofSeconds(2);

  private final Ledger ledger;
  private final InstantSource wallClock;
  private final Thread thread;

  private ClockMeter(Ledger ledger, InstantSource wallClock) {
    this.ledger = ledger;
    this.wallClock = wallClock;
    this.thread = Thread.ofVirtual().name("clock-meter").unstarted(this::run);
  }

  /** Starts sampling, until closed. */
  public static ClockMeter start(Ledger ledger, InstantSource wallClock) {
    ClockMeter meter = new ClockMeter(ledger, wallClock);
    meter.thread.start();
    return meter;
  }

  private void run() {
    try {
      long next = ledger.now();
      while (true) {
        sample(ledger, wallClock);
        // After a stall the missed samples are skipped: they could only be taken too late.
        next = Math.max(next + EVERY.toNanos(), ledger.now());
        PacedWait.until(ledger, next);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes one sample; its interval encloses the moment at which the wall clock was read. */
  static void sample(Ledger ledger, InstantSource wallClock) {
    long before = ledger.now();
    Instant wall = wallClock.instant();
    long epochNs =
        Math.addExact(
            Math.multiplyExact(wall.getEpochSecond(), 1_000_000_000L), (long) wall.getNano());
    ledger.append(new Event.WallClock(ledger.since(before), epochNs));
  }

  /** Stops sampling; nothing is appended afterwards. */
  @Override
  public void close() {
    end(thread);
  }

  /** Interrupts a meter's thread and waits, within bounds, until it is gone. */
  static void end(Thread thread) {
    thread.interrupt();
    try {
      thread.join(END_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
