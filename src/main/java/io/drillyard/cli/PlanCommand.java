package io.drillyard.cli;

import io.drillyard.declaration.Declarations;
import io.drillyard.launch.ExitCode;
import io.drillyard.launch.PlannedDrill;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.step.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plan}: what would happen; starts nothing. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "Prints hosts, faults, waits and limits of drills; starts nothing.")
final class PlanCommand implements Callable<Integer> {
  @Mixin FolderOptions places = new FolderOptions();
  @Mixin ScenarioSelection choice = new ScenarioSelection();

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Override
  public Integer call() {
    List<PlannedDrill> parts =
        choice.parts(Declarations.load(places.declarations(), choice.strict));
    parts.stream()
        .flatMap(part -> part.warnings().stream())
        .distinct()
        .forEach(System.err::println);
    if (json) {
      System.out.println(JsonOutput.of(parts.stream().map(PlanCommand::data).toList()));
    } else {
      parts.forEach(part -> System.out.print(PlanText.of(part)));
    }
    return ExitCode.MET;
  }

  private static Map<String, Object> data(PlannedDrill part) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("scenario", part.scenario());
    said.put("claim", part.drill().claim());
    Drill.Control control = part.drill().control();
    if (control != null) {
      said.put("control", control);
    }
    said.put("exercises", part.drill().exercises());
    said.put("environment", part.environment().name());
    said.put("hosts", PlanText.built(part.environment()));
    said.put("target", part.target());
    if (!part.drill().furtherEpisodes().isEmpty()) {
      said.put("episodes", part.episodes().stream().map(PlannedDrill::target).toList());
    }
    List<Map<String, Object>> steps = new ArrayList<>();
    for (Step step : part.drill().course()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("step", step.words());
      one.put("limit", step.limit());
      steps.add(one);
    }
    said.put("steps", steps);
    return said;
  }
}
