package io.drillyard.ledger;

import java.time.Duration;

/**
 * Notices when the harness itself stood still, so that nobody blames the database for it.
 *
 * <p>Asks to be woken every few milliseconds and records an {@link Event.Stalled} when it is woken
 * late. It runs on a virtual thread on purpose: it then suffers from everything that the writers
 * and probes suffer from (collections, a starved processor, occupied carrier threads), and not
 * less.
 */
public final class StallMeter implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(5);
  private static final long TOLERATED_NS = Duration.ofMillis(20).toNanos();

  private final Ledger ledger;
  private final Thread thread;

  private StallMeter(Ledger ledger) {
    this.ledger = ledger;
    this.thread = Thread.ofVirtual().name("stall-meter").unstarted(this::run);
  }

  /** Starts measuring, until closed. */
  public static StallMeter start(Ledger ledger) {
    StallMeter meter = new StallMeter(ledger);
    meter.thread.start();
    return meter;
  }

  private void run() {
    try {
      while (true) {
        long asleep = ledger.now();
        PacedWait.pause(STEP);
        observe(ledger, asleep, ledger.now());
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Records a stall if a sleep of {@link #STEP} that began and ended then was too long. */
  static void observe(Ledger ledger, long asleepNs, long awakeNs) {
    long lateNs = awakeNs - asleepNs - STEP.toNanos();
    if (lateNs > TOLERATED_NS) {
      ledger.append(new Event.Stalled(new Interval(asleepNs, awakeNs), lateNs));
    }
  }

  /** Stops measuring; nothing is appended afterwards. */
  @Override
  public void close() {
    ClockMeter.end(thread);
  }
}
