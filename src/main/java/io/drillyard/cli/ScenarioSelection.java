package io.drillyard.cli;

import io.drillyard.declaration.Declarations;
import io.drillyard.launch.PlannedDrill;
import io.drillyard.scenario.Scenarios;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
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

  @Mixin PlaceOptions place = new PlaceOptions();

  @Option(
      names = "--strict",
      description =
          "Refuse settings that Patroni would adjust, and those it did, and declarations that switch"
              + " a check off.")
  boolean strict;

  /** The drills, resolved. */
  List<PlannedDrill> parts(Declarations declarations) {
    return names().stream().map(name -> place.part(declarations, name)).toList();
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
}
