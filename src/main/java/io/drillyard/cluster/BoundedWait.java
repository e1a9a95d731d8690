package io.drillyard.cluster;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits on facts, never on time alone: asks again and again until it is so or the limit passed. */
public final class BoundedWait {
  private static final long PACE_NS = Duration.ofMillis(20).toNanos();

  private BoundedWait() {}

  /** Thrown when a fact did not come true in time. */
  public static final class TimedOut extends RuntimeException {
    private static final long serialVersionUID = 1;

    TimedOut(String message) {
      super(message);
    }
  }

  /**
   * Waits until the fact holds.
   *
   * @param what for the message
   * @param state asked once when the limit passed, for the message
   * @throws TimedOut when it does not within {@code limit}
   */
  public static void until(
      String what, Duration limit, BooleanSupplier fact, Supplier<String> state) {
    if (!quietly(limit, fact)) {
      throw new TimedOut(
          "%s: not within %d s; it stands so: %s".formatted(what, limit.toSeconds(), state.get()));
    }
  }

  /** Waits until the fact holds; false when the limit passed first. */
  public static boolean quietly(Duration limit, BooleanSupplier fact) {
    long end = System.nanoTime() + limit.toNanos();
    while (!fact.getAsBoolean()) {
      if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(PACE_NS);
    }
    return true;
  }

  /** Waits until the supplier gives something. */
  public static <T> T value(String what, Duration limit, Supplier<@Nullable T> supplier) {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      T value = supplier.get();
      if (value != null) {
        return value;
      }
      if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
        throw new TimedOut(what + ": not within " + limit.toSeconds() + " s");
      }
      LockSupport.parkNanos(PACE_NS);
    }
  }
}
