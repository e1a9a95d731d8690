package io.drillyard.cli;

import io.drillyard.declaration.DeclarationException;
import io.drillyard.declaration.DeclarationProblem;
import io.drillyard.declaration.Declarations;
import io.drillyard.declaration.RestorePolicyFile;
import io.drillyard.launch.ExitCode;
import io.drillyard.launch.PlannedDrill;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenarios;
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
  @Mixin FolderOptions places = new FolderOptions();

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
    Set<DeclarationProblem> found = new LinkedHashSet<>(declarations.validate());
    RestorePolicyFile.names(places.declarations())
        .forEach(
            name ->
                found.addAll(
                    RestorePolicyFile.load(places.declarations(), name, strict).problems()));
    if (found.stream().noneMatch(DeclarationProblem::isError)) {
      Scenarios.names().forEach(name -> found.addAll(fit(declarations, name)));
    }
    List<DeclarationProblem> problems = List.copyOf(found);
    boolean errors = problems.stream().anyMatch(DeclarationProblem::isError);
    if (json) {
      System.out.println(JsonOutput.of(problems));
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
  private static List<DeclarationProblem> fit(Declarations declarations, String scenario) {
    Drill drill = Scenarios.named(scenario).plan();
    boolean declared =
        declarations.environment(drill.environment()).ok()
            && declarations.objective(drill.context(), drill.disruption()).ok();
    if (!declared) {
      return List.of();
    }
    try {
      return PlannedDrill.of(declarations, scenario, drill, drill.environment(), drill.context())
          .warnings();
    } catch (DeclarationException e) {
      return e.problems();
    }
  }
}
