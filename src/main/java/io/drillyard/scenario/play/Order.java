package io.drillyard.scenario.play;

import java.util.List;

/**
 * What the launcher asks a lab to play; passed as plain arguments.
 *
 * @param scenario class name
 * @param environment name
 * @param context name
 * @param runId of the whole run
 * @param strict settings that Patroni adjusts are refused
 * @param pauseAt where it stops for a look around: a phase, {@link Pauses#EVERY_STEP}, or empty
 */
public record Order(
    String scenario,
    String environment,
    String context,
    String runId,
    boolean strict,
    String pauseAt) {
  /** As arguments. */
  public List<String> arguments() {
    return List.of(scenario, environment, context, runId, Boolean.toString(strict), pauseAt);
  }

  /** From arguments. */
  public static Order of(List<String> arguments) {
    return new Order(
        arguments.get(0),
        arguments.get(1),
        arguments.get(2),
        arguments.get(3),
        Boolean.parseBoolean(arguments.get(4)),
        arguments.get(5));
  }
}
