package io.drillyard.storm;

/**
 * One fault of a schedule.
 *
 * @param number from 1, kept when others are left out
 * @param atMs when it begins, milliseconds from the beginning of the storm
 * @param lengthMs how long it is held; of a momentary one how long nothing else counts it as over
 * @param choice what happens
 */
public record Entry(int number, long atMs, long lengthMs, Choice choice) {
  /** Refuses times that no schedule has. */
  public Entry {
    if (number < 1 || atMs < 0 || lengthMs < 1) {
      throw new IllegalArgumentException(
          "entry %d at %d ms for %d ms: from 1, from 0 and above 0"
              .formatted(number, atMs, lengthMs));
    }
  }

  /** Its name on the ledger. */
  public String name() {
    return "s" + number;
  }

  /** When it is healed, milliseconds from the beginning of the storm. */
  public long endMs() {
    return atMs + lengthMs;
  }

  /** The same at another time. */
  public Entry at(long newAtMs) {
    return new Entry(number, newAtMs, lengthMs, choice);
  }

  /** The same for another length. */
  public Entry lasting(long newLengthMs) {
    return new Entry(number, atMs, newLengthMs, choice);
  }
}
