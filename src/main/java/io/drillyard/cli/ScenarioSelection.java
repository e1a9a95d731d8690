package io.drillyard.cli;

import io.drillyard.declaration.Declarations;
import io.drillyard.declaration.NameSuggestion;
import io.drillyard.launch.PlannedDrill;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenarios;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which drills: shared by {@code plan} and {@code run}. */
final class ScenarioSelection {
  @Parameters(
      paramLabel = "SCENARIO",
      arity = "0..*",
      description = "Scenario classes by simple name; none: the default suite.")
  List<String> scenarios = List.of();

  @Option(
      names = "--all",
      description = "Without SCENARIO: the default suite and the whole catalogue of faults.")
  boolean all;

  @Option(
      names = "--below",
      paramLabel = "FOLDER",
      description = "Every scenario of a folder, such as loop/refusal.")
  @Nullable String below;

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      description = "Another environment than the scenario's own.")
  @Nullable String environment;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Another bounded context than the scenario's own.")
  @Nullable String context;

  @Option(
      names = "--strict",
      description =
          "Refuse settings that Patroni would adjust, and those it did, and declarations that switch"
              + " a check off.")
  boolean strict;

  /** The drills, resolved. */
  List<PlannedDrill> parts(Declarations declarations) {
    List<String> names = names();
    List<PlannedDrill> parts = new ArrayList<>();
    for (String name : names) {
      Drill drill = plan(name);
      parts.add(
          PlannedDrill.of(
              declarations,
              name,
              drill,
              environment == null ? drill.environment() : environment,
              context == null ? drill.context() : context));
    }
    return parts;
  }

  private List<String> names() {
    if (!scenarios.isEmpty()) {
      return scenarios;
    }
    String folder = below;
    if (folder == null) {
      return all ? Scenarios.catalogue() : Scenarios.suite();
    }
    List<String> names = Scenarios.below(folder);
    if (names.isEmpty()) {
      throw new UsageException(
          "--below %s: no scenario lies there; `drillyard list scenarios` names their folders."
              .formatted(folder));
    }
    return names;
  }

  private static Drill plan(String name) {
    List<String> known = Scenarios.names();
    if (!known.contains(name) && known.stream().noneMatch(k -> Scenarios.simple(k).equals(name))) {
      throw new UsageException(
          "no scenario is called '%s'. %s."
              .formatted(
                  name,
                  NameSuggestion.remedy(name, known.stream().map(Scenarios::simple).toList())));
    }
    return Scenarios.named(name).plan();
  }
}
