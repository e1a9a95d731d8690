package io.drillyard.scenario.step;

/**
 * A wait of a plan may pass in vain, and the drill be MET all the same.
 *
 * @param reason why, for the report
 */
public record MayFail(String reason) {
  /** A reason is asked for. */
  public MayFail {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("a wait may fail for a reason");
    }
  }
}
