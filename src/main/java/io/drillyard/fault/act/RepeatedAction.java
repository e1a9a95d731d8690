package io.drillyard.fault.act;

import io.drillyard.host.HostException;
import io.drillyard.ledger.PacedWait;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Something done again and again on a thread of its own, bounded in count and in time. */
final class RepeatedAction {
  private static final int MOST = 2000;
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  /** One round. */
  interface Round {
    void run() throws InterruptedException;
  }

  private final Round round;
  private final AtomicInteger done = new AtomicInteger();
  private volatile @Nullable Thread thread;
  private volatile @Nullable RuntimeException failure;

  RepeatedAction(Round round) {
    this.round = round;
  }

  void start(String name) {
    thread = Thread.ofVirtual().name(name).start(this::run);
  }

  private void run() {
    long end = System.nanoTime() + LONGEST.toNanos();
    try {
      while (done.get() < MOST && System.nanoTime() - end < 0 && !Thread.interrupted()) {
        round.run();
        done.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /** Rounds that were completed. */
  int done() {
    return done.get();
  }

  /** True while it goes on. */
  boolean running() {
    Thread running = thread;
    return running != null && running.isAlive();
  }

  /** Why it ended by itself, if so. */
  @Nullable RuntimeException failure() {
    return failure;
  }

  /** Ends it and waits for the round in hand; safe to call again. */
  void stop() {
    Thread running = thread;
    if (running == null) {
      return;
    }
    running.interrupt();
    try {
      if (!running.join(STOP_LIMIT)) {
        throw new HostException("a repeated fault did not end within " + STOP_LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostException("interrupted while a repeated fault was ended", e);
    }
  }

  /** Waits as part of a round. */
  static void pause(Duration length) throws InterruptedException {
    PacedWait.pause(length);
  }
}
