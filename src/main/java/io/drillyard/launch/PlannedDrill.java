package io.drillyard.launch;

import io.drillyard.declaration.BoundedContext;
import io.drillyard.declaration.DeclarationProblem;
import io.drillyard.declaration.Declarations;
import io.drillyard.declaration.Environment;
import io.drillyard.declaration.Objective;
import io.drillyard.declaration.Target;
import io.drillyard.play.JudgingTarget;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.StormPlan;
import io.drillyard.scenario.step.BeginEpisode;
import io.drillyard.scenario.step.Step;
import io.drillyard.storm.StormScheduleText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One drill of a run, with all its declarations resolved: it can be played.
 *
 * @param scenario full class name
 * @param warnings of the declarations, for the report
 * @param schedule of a storm, as text for the lab; empty: the scenario is a class
 * @param further objectives of the episodes after the first, whose objective stands before
 */
public record PlannedDrill(
    String scenario,
    Drill drill,
    Environment environment,
    BoundedContext context,
    Objective objective,
    List<DeclarationProblem> warnings,
    String schedule,
    List<Objective> further) {
  private static final Duration USUAL = Duration.ofMinutes(15);
  private static final Duration AROUND = Duration.ofMinutes(5);

  /**
   * Resolves a drill's declarations.
   *
   * @throws io.drillyard.declaration.DeclarationException naming file, line and remedy
   */
  public static PlannedDrill of(
      Declarations declarations, String scenario, Drill drill, String environment, String context) {
    var env = declarations.environment(environment);
    var ctx = declarations.context(context);
    var objective = declarations.objective(context, drill.disruption());
    Environment resolved = env.orThrow();
    BoundedContext declared = ctx.orThrow();
    Objective aim = objective.orThrow();
    List<Objective> further = new ArrayList<>();
    for (BeginEpisode next : drill.furtherEpisodes()) {
      further.add(declarations.objective(context, next.disruption()).orThrow());
    }
    List<DeclarationProblem> fit =
        new ArrayList<>(declarations.fit(declared, drill.disruption(), resolved));
    if (drill.control() == null && PrimaryLossInPlan.in(drill, resolved)) {
      fit.addAll(declarations.reach(declared, drill.disruption(), resolved));
    }
    fit.addAll(
        declarations.load(
            declared, aim, resolved, JudgingTarget.clients(drill, resolved), Drill.JUDGED_LOAD));
    fit.addAll(declarations.clusters(drill.clusters(), resolved));
    fit.addAll(declarations.sandbox(drill.provesBackups(), resolved));
    if (fit.stream().anyMatch(DeclarationProblem::isError)) {
      throw new io.drillyard.declaration.DeclarationException(fit);
    }
    List<DeclarationProblem> warnings = new ArrayList<>(env.warnings());
    warnings.addAll(fit);
    return new PlannedDrill(
        scenario,
        drill,
        resolved.playing(drill.clusters(), drill.provesBackups()),
        declared,
        aim,
        List.copyOf(warnings),
        "",
        List.copyOf(further));
  }

  /**
   * Resolves a storm's declarations.
   *
   * @param name under which it stands in reports; no class
   * @throws io.drillyard.declaration.DeclarationException naming file, line and remedy
   */
  public static PlannedDrill of(Declarations declarations, String name, StormScheduleText storm) {
    PlannedDrill part =
        of(declarations, name, StormPlan.of(storm), storm.environment(), storm.context());
    return part.playing(name, storm);
  }

  /** The same place and targets for another schedule. */
  PlannedDrill playing(String name, StormScheduleText storm) {
    return new PlannedDrill(
        name,
        StormPlan.of(storm),
        environment,
        context,
        objective,
        warnings,
        storm.write(),
        List.of());
  }

  /** Longest that it may take, from an empty lab to collected evidence. */
  Duration limit() {
    Duration steps = AROUND;
    for (Step step : drill.course()) {
      steps = steps.plus(step.limit());
    }
    return steps.compareTo(USUAL) > 0 ? steps : USUAL;
  }

  /** Its episodes, each as a part of its own; most have one. */
  public List<PlannedDrill> episodes() {
    List<Drill> drills = drill.episodes();
    List<PlannedDrill> parts = new ArrayList<>();
    for (int i = 0; i < drills.size(); i++) {
      Objective own = i == 0 ? objective : further.get(i - 1);
      parts.add(
          new PlannedDrill(
              scenario, drills.get(i), environment, context, own, warnings, schedule, List.of()));
    }
    return List.copyOf(parts);
  }

  /** Why it would say nothing of the site that its environment stands for; empty: it does. */
  public Optional<String> notTested() {
    return SiteDependence.of(drill, environment);
  }

  /** What the judge is told. */
  public Target target() {
    return JudgingTarget.of(drill, environment, context, objective);
  }
}
