package io.drillyard.storm;

/**
 * One fault of a schedule.
 *
 * @param number from 1, kept when others are left out
 * @param atMs when it begins, milliseconds from the beginning of the storm
 * @param lengthMs how long it is held; of a momentary one how long nothing else counts it as over
 * @param choice what happens
 */
public record ScheduledFault(int number, long atMs, long lengthMs, StormEligibleFault choice) {
  /** Refuses times that no schedule has. */
  public ScheduledFault {
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
  public ScheduledFault at(long newAtMs) {
    return new ScheduledFault(number, newAtMs, lengthMs, choice);
  }

  /** The same for another length. */
  public ScheduledFault lasting(long newLengthMs) {
    return new ScheduledFault(number, atMs, newLengthMs, choice);
  }
}
