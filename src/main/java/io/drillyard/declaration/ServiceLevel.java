package io.drillyard.declaration;

import java.time.Duration;

/**
 * From when on a client counts as served again: a rate, not a single acknowledgement.
 *
 * @param share share (0 to 1) of its own rate before the fault that a client's acknowledged writes
 *     must reach
 * @param settling a new outage that begins within so long after the last one ended is the same
 *     outage
 */
public record ServiceLevel(double share, Duration settling) {
  /** The least settling time that may be declared. */
  public static final Duration SETTLING_LEAST = Duration.ofSeconds(30);

  /** Where nothing else is declared. */
  public static final ServiceLevel USUAL = new ServiceLevel(0.9, SETTLING_LEAST);
}
