package io.drillyard;

import java.time.Duration;

/**
 * How long a test waits for what hangs. A limit never says that something was slow: on a busy
 * machine everything is, and no answer is wrong for that.
 *
 * <p>The one place of this rule: who waits in a test says how long it takes on a quiet machine.
 *
 * @param quiet time on a machine of two cores that does nothing else
 */
public record HangLimit(Duration quiet) {
  /** Beside eight busy processes two cores leave a test a fifth of its speed. */
  private static final int TIMES = 10;

  /** A machine can stand still for some seconds, whatever is asked of it. */
  private static final Duration LEAST = Duration.ofMinutes(1);

  /** Of what takes so long on a quiet machine. */
  public static HangLimit quietly(Duration quiet) {
    return new HangLimit(quiet);
  }

  /** Of what takes so many seconds on a quiet machine. */
  public static HangLimit quietSeconds(long seconds) {
    return quietly(Duration.ofSeconds(seconds));
  }

  /** So long it is waited. */
  public Duration duration() {
    Duration times = quiet.multipliedBy(TIMES);
    return times.compareTo(LEAST) < 0 ? LEAST : times;
  }

  /** For names of what is waited for: the limit, and what it is of. */
  public String words() {
    return "limit of what hangs %d s, quiet time %s s"
        .formatted(duration().toSeconds(), seconds(quiet));
  }

  /**
   * When the limit strikes.
   *
   * @param what did not end
   */
  public String struck(String what) {
    return "%s did not end within %d s. On a quiet machine it takes %s s; the limit is there for what hangs, at least five times as long"
        .formatted(what, duration().toSeconds(), seconds(quiet));
  }

  private static String seconds(Duration duration) {
    String text = "%.1f".formatted(duration.toMillis() / 1000.0);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
