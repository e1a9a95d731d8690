package io.drillyard.storm;

import io.drillyard.fault.Fault;
import org.jspecify.annotations.Nullable;

/**
 * A fault that a storm can hold, under the name that schedules and {@code --faults} use.
 *
 * @param name unique in the menu
 * @param fault what breaks, with parts and amounts
 * @param onlyIfNamed null: mixed in by default; else why it must be named in {@code --faults}
 */
public record StormEligibleFault(String name, Fault fault, @Nullable String onlyIfNamed) {
  /** True for one that is done at once, which nothing has to take back. */
  public boolean momentary() {
    return fault.lasting() == Fault.Lasting.MOMENTARY;
  }
}
