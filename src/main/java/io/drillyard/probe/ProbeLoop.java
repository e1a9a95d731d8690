package io.drillyard.probe;

import io.drillyard.ledger.Ledger;
import io.drillyard.ledger.PacedWait;
import java.time.Duration;

/** A virtual thread that repeats one look at a steady pace until it is closed. */
final class ProbeLoop implements AutoCloseable {
  /** One look. May block, within bounds of its own. */
  interface Look {
    void once() throws InterruptedException;
  }

  private static final Duration END_LIMIT = Duration.ofSeconds(2);

  private final Thread thread;

  ProbeLoop(String name, Ledger ledger, Duration every, Look look) {
    this.thread = Thread.ofVirtual().name(name).start(() -> run(name, ledger, every, look));
  }

  private static void run(String name, Ledger ledger, Duration every, Look look) {
    try {
      long next = ledger.now();
      while (!Thread.currentThread().isInterrupted()) {
        look.once();
        // Looks that a slow one left no time for are skipped, not made up for.
        next = Math.max(next + every.toNanos(), ledger.now());
        PacedWait.until(ledger, next);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // A probe that dies silently would look like a quiet system.
      ledger.note("error", name + " stopped: " + e);
      throw e;
    }
  }

  /** Stops looking; an interrupted virtual thread also leaves a socket it is blocked on. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(END_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
