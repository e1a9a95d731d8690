package io.drillyard.scenario.play;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
 * @param schedule of a storm, as text; empty: the scenario is a class
 */
public record Order(
    String scenario,
    String environment,
    String context,
    String runId,
    boolean strict,
    String pauseAt,
    String schedule) {
  /** As arguments. */
  public List<String> arguments() {
    // In one word: nothing on the way to the lab may take an empty or a long text apart.
    String word =
        "=" + Base64.getUrlEncoder().encodeToString(schedule.getBytes(StandardCharsets.UTF_8));
    return List.of(
        scenario, environment, context, runId, Boolean.toString(strict), "=" + pauseAt, word);
  }

  /** From arguments. */
  public static Order of(List<String> arguments) {
    return new Order(
        arguments.get(0),
        arguments.get(1),
        arguments.get(2),
        arguments.get(3),
        Boolean.parseBoolean(arguments.get(4)),
        arguments.get(5).substring(1),
        new String(
            Base64.getUrlDecoder().decode(arguments.get(6).substring(1)), StandardCharsets.UTF_8));
  }
}
