package io.drillyard.declaration;

import java.time.Duration;

/**
 * How long people take before they order a promotion, as it is declared. A drill's simulated
 * operator decides at once; a recovery that waits for people has these times as well.
 *
 * @param detection from the disruption until somebody knows of it
 * @param decision from then until the promotion is ordered
 */
public record OperatorTimes(Duration detection, Duration decision) {
  /** Both together. */
  public Duration total() {
    return detection.plus(decision);
  }
}
