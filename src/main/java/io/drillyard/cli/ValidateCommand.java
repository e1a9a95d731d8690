package io.drillyard.cli;

import io.drillyard.launch.ExitCode;
import io.drillyard.launch.Part;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenarios;
import io.drillyard.target.DeclarationException;
import io.drillyard.target.Declarations;
import io.drillyard.target.Problem;
import io.drillyard.target.RestorePolicyFile;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code validate}: every declaration is read and checked; nothing is started. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Checks every declaration; starts nothing.")
final class ValidateCommand implements Callable<Integer> {
  @Mixin Places places = new Places();

  @Option(
      names = "--strict",
      description =
          "Settings that Patroni would adjust, and declarations that switch a check off, are errors.")
  boolean strict;

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Override
  public Integer call() {
    Declarations declarations = Declarations.load(places.declarations(), strict);
    Set<Problem> found = new LinkedHashSet<>(declarations.validate());
    RestorePolicyFile.names(places.declarations())
        .forEach(
            name ->
                found.addAll(
                    RestorePolicyFile.load(places.declarations(), name, strict).problems()));
    if (found.stream().noneMatch(Problem::isError)) {
      Scenarios.names().forEach(name -> found.addAll(fit(declarations, name)));
    }
    List<Problem> problems = List.copyOf(found);
    boolean errors = problems.stream().anyMatch(Problem::isError);
    if (json) {
      System.out.println(Json.of(problems));
    } else {
      problems.forEach(System.out::println);
      if (!errors) {
        System.out.printf(
            "%d environments and %d contexts are valid%s.%n",
            declarations.environmentNames().size(),
            declarations.contexts().orThrow().size(),
            problems.isEmpty() ? "" : ", with " + problems.size() + " warnings");
      }
    }
    return errors ? ExitCode.USAGE : ExitCode.MET;
  }

  /** What a scenario's own environment and context make of each other, where both are declared. */
  private static List<Problem> fit(Declarations declarations, String scenario) {
    Drill drill = Scenarios.named(scenario).plan();
    boolean declared =
        declarations.environment(drill.environment()).ok()
            && declarations.objective(drill.context(), drill.disruption()).ok();
    if (!declared) {
      return List.of();
    }
    try {
      return Part.of(declarations, scenario, drill, drill.environment(), drill.context())
          .warnings();
    } catch (DeclarationException e) {
      return e.problems();
    }
  }
}
