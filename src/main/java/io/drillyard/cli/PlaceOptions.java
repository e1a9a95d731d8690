package io.drillyard.cli;

import io.drillyard.declaration.Declarations;
import io.drillyard.declaration.NameSuggestion;
import io.drillyard.launch.PlannedDrill;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenarios;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a scenario is played, and for whom; without, as it says itself. */
final class PlaceOptions {
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

  /** That scenario there, resolved. */
  PlannedDrill part(Declarations declarations, String scenario) {
    return part(declarations, scenario, environment, context);
  }

  /**
   * A scenario, resolved.
   *
   * @param environment null: its own
   * @param context null: its own
   */
  static PlannedDrill part(
      Declarations declarations,
      String scenario,
      @Nullable String environment,
      @Nullable String context) {
    Drill drill = plan(scenario);
    return PlannedDrill.of(
        declarations,
        scenario,
        drill,
        environment == null ? drill.environment() : environment,
        context == null ? drill.context() : context);
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
