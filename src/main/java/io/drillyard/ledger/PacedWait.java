package io.drillyard.ledger;

import java.time.Duration;

/**
 * Lets a thread wait for the clock, and for nothing else.
 *
 * <p>The one place below the scenario layer that sleeps. Whoever waits for a <em>fact</em> asks for
 * the fact.
 */
public final class PacedWait {
  private PacedWait() {}

  /** Waits until the ledger's clock reads {@code ns}; returns at once when it already does. */
  public static void until(Ledger ledger, long ns) throws InterruptedException {
    long left = ns - ledger.now();
    if (left > 0) {
      Thread.sleep(Duration.ofNanos(left));
    }
  }

  /** Waits for so long. */
  public static void pause(Duration length) throws InterruptedException {
    Thread.sleep(length);
  }
}
