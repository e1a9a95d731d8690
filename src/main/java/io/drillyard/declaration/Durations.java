package io.drillyard.declaration;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Durations as they stand in files: a whole number and a unit, {@code 500ms}, {@code 30s}, {@code
 * 5m}, {@code 26h}, {@code 7d}. Never a bare number: one person's seconds are another's
 * milliseconds. Never zero: no target and no time-out of zero can be kept.
 */
public final class Durations {
  /** The schemas have the same; the digits end where nanoseconds no longer fit a long. */
  private static final Pattern FORM =
      Pattern.compile("[1-9]([0-9]{0,11}ms|[0-9]{0,8}s|[0-9]{0,7}m|[0-9]{0,5}h|[0-9]{0,4}d)");

  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9.]+");
  private static final List<Map.Entry<String, Duration>> UNITS =
      List.of(
          Map.entry("d", Duration.ofDays(1)),
          Map.entry("h", Duration.ofHours(1)),
          Map.entry("m", Duration.ofMinutes(1)),
          Map.entry("s", Duration.ofSeconds(1)),
          Map.entry("ms", Duration.ofMillis(1)));

  private Durations() {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException saying what is wrong, if the text is not one
   */
  public static Duration parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(complaint(text));
    }
    String digits = text.replaceAll("[a-z]", "");
    return unit(text.substring(digits.length())).multipliedBy(Long.parseLong(digits));
  }

  /**
   * The shortest text that {@link #parse} reads back as the same duration: {@code 90s}, not {@code
   * 1m30s}.
   *
   * @throws IllegalArgumentException for zero, negatives and parts of a millisecond
   */
  public static String format(Duration duration) {
    if (!duration.isPositive() || !duration.minusMillis(duration.toMillis()).isZero()) {
      throw new IllegalArgumentException("not a positive number of milliseconds: " + duration);
    }
    for (Map.Entry<String, Duration> unit : UNITS) {
      if (duration.toMillis() % unit.getValue().toMillis() == 0) {
        return duration.toMillis() / unit.getValue().toMillis() + unit.getKey();
      }
    }
    throw new IllegalStateException("milliseconds divide everything");
  }

  /** What is wrong with a text that is no duration. */
  static String complaint(String text) {
    if (NUMBER.matcher(text).matches()) {
      return text.startsWith("-")
          ? "negative duration '" + text + "'"
          : "duration '" + text + "' has no unit";
    }
    if (text.startsWith("-")) {
      return "negative duration '" + text + "'";
    }
    if (text.matches("0+(ms|s|m|h|d)")) {
      return "duration '" + text + "' is zero";
    }
    return text.isEmpty() ? "duration without a value" : "'" + text + "' is not a duration";
  }

  /** What to write instead of a text that is no duration. */
  static String remedy(String text) {
    if (text.matches("0*[1-9][0-9]*")) {
      return "Add the unit: " + text + "s, or ms, m, h, d";
    }
    return "Write a whole number above zero and its unit, such as 500ms, 30s, 5m, 26h or 7d";
  }

  private static Duration unit(String name) {
    return UNITS.stream().filter(u -> u.getKey().equals(name)).findFirst().orElseThrow().getValue();
  }
}
