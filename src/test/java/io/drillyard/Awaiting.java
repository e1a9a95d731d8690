package io.drillyard;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waits in tests, each with a {@link HangLimit}. */
public final class Awaiting {
  private static final HangLimit SOON = HangLimit.quietSeconds(2);

  private Awaiting() {}

  /** For what comes within two seconds on a quiet machine. */
  public static ConditionFactory soon() {
    return within(SOON);
  }

  /** For what takes longer. */
  public static ConditionFactory within(HangLimit limit) {
    return Awaitility.await(limit.words()).atMost(limit.duration());
  }
}
