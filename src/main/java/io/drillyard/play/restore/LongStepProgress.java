package io.drillyard.play.restore;

import io.drillyard.cluster.BoundedWait;
import io.drillyard.host.HostException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** Tells, every few seconds, how far a long step of a test is, and when it may end. */
final class LongStepProgress {
  private static final Duration EVERY = Duration.ofSeconds(10);

  /** Too little is done for an estimate. */
  private static final double LITTLE = 0.02;

  /** A step whose share nobody knows. */
  static final DoubleSupplier UNKNOWN = () -> -1;

  private LongStepProgress() {}

  /**
   * Carries a step out.
   *
   * @param share of it that is done, from 0 to 1; negative: not known
   */
  static <T> T watched(
      ProgressLines progress, String name, DoubleSupplier share, Supplier<T> step) {
    long start = System.nanoTime();
    AtomicBoolean ended = new AtomicBoolean();
    Thread.ofVirtual()
        .name("progress of " + name)
        .start(() -> tell(progress, name, share, start, ended));
    try {
      return step.get();
    } finally {
      ended.set(true);
    }
  }

  private static void tell(
      ProgressLines progress, String name, DoubleSupplier share, long start, AtomicBoolean ended) {
    while (true) {
      BoundedWait.quietly(EVERY, ended::get);
      double done;
      try {
        done = ended.get() ? -1 : share.getAsDouble();
      } catch (HostException e) {
        done = -1;
      }
      if (ended.get()) {
        return;
      }
      progress.say(words(name, done, (System.nanoTime() - start) / 1e9));
    }
  }

  /**
   * A line for people.
   *
   * @param seconds since its beginning
   */
  static String words(String name, double done, double seconds) {
    String so = "  … %s, %.0f s so far".formatted(name, seconds);
    if (done < 0) {
      return so;
    }
    double share = Math.min(1, done);
    String percent = String.format(Locale.ROOT, "%s: %.0f %%", so, 100 * share);
    return share < LITTLE
        ? percent
        : percent + ", about %.0f s to go".formatted(seconds * (1 - share) / share);
  }
}
