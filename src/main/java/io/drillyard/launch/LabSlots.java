package io.drillyard.launch;

import io.drillyard.ledger.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many labs run side by side: as many as were asked for, and one fewer after each time that the
 * harness stood still in one of them for longer than {@link #STALL}, for a drill of a machine that
 * does too much at once says nothing. Those that run go on; the next one waits. After {@link
 * #QUIET} without such a stall, and with a machine on which nobody waits much for a processor, one
 * more is allowed again.
 */
final class LabSlots {
  /** A longer stall may already leave a drill undetermined. */
  static final Duration STALL = Duration.ofMillis(500);

  /** So long without one before another lab is tried. */
  static final Duration QUIET = Duration.ofSeconds(30);

  /**
   * Share of time in which somebody waited for a processor, by the kernel, up to which it is quiet.
   */
  static final double PRESSURE_MAX = 0.4;

  private static final Path PRESSURE = Path.of("/proc/pressure/cpu");
  private static final Pattern SOME = Pattern.compile("some avg10=(\\d+(?:\\.\\d+)?)");
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final int most;
  private final LongSupplier clockNs;
  private final Supplier<OptionalDouble> pressure;
  private int allowed;
  private int running;
  private long changedNs;

  /** At most so many. */
  LabSlots(int most) {
    this(most, System::nanoTime, LabSlots::pressure);
  }

  /**
   * The same, by another clock.
   *
   * @param pressure share of the last ten seconds in which somebody waited for a processor; empty
   *     where the kernel does not tell
   */
  LabSlots(int most, LongSupplier clockNs, Supplier<OptionalDouble> pressure) {
    this.most = most;
    this.clockNs = clockNs;
    this.pressure = pressure;
    this.allowed = most;
    this.changedNs = clockNs.getAsLong();
  }

  /** Waits until one more lab may run; {@link #leave} has to follow. */
  synchronized void enter() throws InterruptedException {
    while (!tryEnter()) {
      wait(LOOK_AGAIN.toMillis());
    }
  }

  /** Takes a slot if one is free now. */
  synchronized boolean tryEnter() {
    if (allowed < most && calm()) {
      allowed++;
      changedNs = clockNs.getAsLong();
    }
    if (running >= allowed) {
      return false;
    }
    running++;
    return true;
  }

  /** A lab is over. */
  synchronized void leave() {
    running--;
    notifyAll();
  }

  /** Takes in what a lab's ledger tells. */
  synchronized void saw(Event event) {
    if (!(event instanceof Event.Stalled stalled) || stalled.lateNs() < STALL.toNanos()) {
      return;
    }
    // Several stalls of the same labs are one: as long as too many run, waiting is all that helps.
    if (running <= allowed && allowed > 1) {
      allowed = Math.max(1, Math.min(allowed, running) - 1);
    }
    changedNs = clockNs.getAsLong();
  }

  /** How many may run side by side now. */
  synchronized int allowed() {
    return allowed;
  }

  private boolean calm() {
    if (clockNs.getAsLong() - changedNs < QUIET.toNanos()) {
      return false;
    }
    OptionalDouble waiting = pressure.get();
    return waiting.isEmpty() || waiting.getAsDouble() <= PRESSURE_MAX;
  }

  private static OptionalDouble pressure() {
    try {
      return pressure(Files.readString(PRESSURE));
    } catch (IOException e) {
      return OptionalDouble.empty();
    }
  }

  /** The share in the kernel's words; empty where they are none. */
  static OptionalDouble pressure(String text) {
    Matcher some = SOME.matcher(text);
    return some.find()
        ? OptionalDouble.of(Double.parseDouble(some.group(1)) / 100)
        : OptionalDouble.empty();
  }
}
