package io.drillyard.fault;

import java.time.Duration;

/** Faults of one member's wall clock; the monotonic clock and etcd's are left alone. */
public sealed interface ClockFault extends Fault {
  @Override
  default String group() {
    return "clock";
  }

  @Override
  default String needs() {
    return "wall_clock: adjustable in the environment";
  }

  /**
   * The wall clock of Patroni and PostgreSQL jumps, and stays off by that.
   *
   * @param who has it
   * @param by forwards, or backwards when negative
   */
  record Jump(Who who, Duration by) implements ClockFault {
    @Override
    public String type() {
      return by.isNegative() ? "clock-back" : "clock-forward";
    }

    @Override
    public String words() {
      return "the wall clock of Patroni and PostgreSQL on %s jumps %s by %d s"
          .formatted(who.words(), by.isNegative() ? "back" : "forward", Math.abs(by.toSeconds()));
    }
  }

  /**
   * The wall clock runs fast or slow.
   *
   * @param who has it
   * @param rate seconds shown per second that passes, e.g. 1.5
   */
  record Drift(Who who, double rate) implements ClockFault {
    @Override
    public String type() {
      return "clock-drift";
    }

    @Override
    public String words() {
      return "the wall clock of Patroni and PostgreSQL on %s runs at %s times its speed"
          .formatted(who.words(), rate);
    }
  }
}
