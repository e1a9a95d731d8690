package io.drillyard.play;

import io.drillyard.ledger.DrillPlan;
import io.drillyard.ledger.RunPlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
 * @param pauseAt where it stops for a look around: a phase, {@link LookAroundPauses#EVERY_STEP}, or
 *     empty
 * @param schedule of a storm, as text; empty: the scenario is a class
 * @param run what the whole run is to be, for the ledger
 * @param drill what this drill is to be, for the ledger
 * @param given approvals and the like that a person handed in
 */
public record DrillOrder(
    String scenario,
    String environment,
    String context,
    String runId,
    boolean strict,
    String pauseAt,
    String schedule,
    RunPlan run,
    DrillPlan drill,
    ApprovalsGiven given) {
  /** What is long, as it is packed. */
  private record Plans(RunPlan run, DrillPlan drill, ApprovalsGiven given) {}

  /** As arguments. */
  public List<String> arguments() {
    // In one word: nothing on the way to the lab may take an empty or a long text apart.
    String word =
        "=" + Base64.getUrlEncoder().encodeToString(schedule.getBytes(StandardCharsets.UTF_8));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                scenario,
                environment,
                context,
                runId,
                Boolean.toString(strict),
                "=" + pauseAt,
                word));
    arguments.addAll(PackedArguments.of(new Plans(run, drill, given)));
    return List.copyOf(arguments);
  }

  /** From arguments. */
  public static DrillOrder of(List<String> arguments) {
    Plans plans = PackedArguments.read(arguments.subList(7, arguments.size()), Plans.class);
    return new DrillOrder(
        arguments.get(0),
        arguments.get(1),
        arguments.get(2),
        arguments.get(3),
        Boolean.parseBoolean(arguments.get(4)),
        arguments.get(5).substring(1),
        new String(
            Base64.getUrlDecoder().decode(arguments.get(6).substring(1)), StandardCharsets.UTF_8),
        plans.run(),
        plans.drill(),
        plans.given());
  }
}
