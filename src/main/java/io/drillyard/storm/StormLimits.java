package io.drillyard.storm;

import java.time.Duration;

/**
 * How rough a storm may be.
 *
 * @param length from the first moment to the last heal
 * @param atMost so many faults in force at once
 * @param shortest length of a fault
 * @param longest length of a fault
 * @param gap between the end of one fault and the next that takes its place, and between two
 *     beginnings
 */
public record StormLimits(
    Duration length, int atMost, Duration shortest, Duration longest, Duration gap) {
  /**
   * A fault is held at least so long: its witnesses look after the injection and before the heal.
   */
  public static final Duration LEAST = Duration.ofSeconds(2);

  /** The longest storm. */
  public static final Duration MOST = Duration.ofHours(1);

  private static final int FAULTS_MAX = 5;

  /**
   * Refuses limits that contradict each other.
   *
   * @throws IllegalArgumentException saying which, for people
   */
  public StormLimits {
    require(length.compareTo(MOST) <= 0, "a storm lasts at most an hour, not " + length);
    require(
        atMost >= 1 && atMost <= FAULTS_MAX,
        "1 to " + FAULTS_MAX + " faults at once, not " + atMost);
    require(
        shortest.compareTo(LEAST) >= 0,
        "a fault is held at least " + LEAST.toSeconds() + " s: its witnesses need that");
    require(longest.compareTo(shortest) >= 0, "the longest fault is shorter than the shortest one");
    require(gap.toMillis() >= 1000, "the gap is at least 1 s");
    require(
        length.compareTo(longest) >= 0,
        "a storm is at least as long as its longest fault: " + longest.toSeconds() + " s");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
