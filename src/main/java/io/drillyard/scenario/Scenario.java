package io.drillyard.scenario;

/**
 * A drill as a readable plan. Implementations have a public constructor without arguments and live
 * below {@code scenarios/}; a class there is found without being registered.
 */
public interface Scenario {
  /** The plan. Pure: called by {@code list} and {@code plan} as well, which start nothing. */
  Drill plan();
}
