package io.drillyard.cli;

import io.drillyard.declaration.DeclarationException;
import io.drillyard.declaration.Declarations;
import io.drillyard.evidence.SettingsSweep;
import io.drillyard.launch.EnvironmentVariants;
import io.drillyard.launch.PlannedDrill;
import io.drillyard.launch.Run;
import io.drillyard.scenario.Drill;
import io.drillyard.scenario.Scenarios;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sweep}: the same drills under a grid of settings. */
@Command(
    name = "sweep",
    mixinStandardHelpOptions = true,
    description = {
      "Plays drills under every combination of settings, and draws what each comes to.",
      "Example: drillyard sweep PrimaryHostLosesPower --set ttl=20,30 --set loop_wait=5,10"
    })
final class SweepCommand implements Callable<Integer> {
  private static final int DRILLS_MAX = 1000;

  @Mixin FolderOptions places = new FolderOptions();

  @Parameters(
      paramLabel = "SCENARIO",
      arity = "1..*",
      description = "Scenario classes by simple name.")
  List<String> scenarios = List.of();

  @Option(
      names = "--set",
      paramLabel = "KEY=V1,V2",
      required = true,
      description =
          "A key of Patroni's dynamic configuration, or postgresql.PARAMETER, and its values.")
  List<String> settings = List.of();

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      description = "Environment to vary (default: the first scenario's own).")
  @Nullable String environment;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Another bounded context than the scenario's own.")
  @Nullable String context;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "1",
      description = "Plays each combination so many times (default: ${DEFAULT-VALUE}).")
  int repeat;

  @Option(
      names = "--at-once",
      defaultValue = "2",
      description = "Labs at a time (default: ${DEFAULT-VALUE}).")
  int atOnce;

  @Option(names = "--json", description = "Prints evidence.json instead of the table.")
  boolean json;

  @Override
  public Integer call() {
    RunCommand.repeated(List.of(), repeat);
    List<SettingsSweep.Axis> axes = axes();
    List<String> names = scenarios.stream().map(SweepCommand::known).distinct().toList();
    String named = environment;
    String base = named == null ? Scenarios.named(names.getFirst()).plan().environment() : named;
    Run run = new Run(places.reports());
    Path folder = run.folder().resolve("environments");
    RunExecutor player = new RunExecutor(folder, false, atOnce, json);
    EnvironmentVariants variants =
        new EnvironmentVariants(places.declarations(), folder, base, axes);
    Declarations declarations = Declarations.load(folder);
    List<PlannedDrill> parts = new ArrayList<>();
    SettingsSweep.Grid grid =
        resolved(
            variants,
            variants.grid(names.stream().map(Scenarios::simple).toList()),
            declarations,
            names,
            parts);
    grid.points().stream()
        .filter(p -> p.skipped() != null)
        .forEach(p -> System.err.println("left out " + p.values() + ": " + p.skipped()));
    if (parts.isEmpty()) {
      variants.remove();
      throw new UsageException("no combination of these settings can be drilled.");
    }
    List<PlannedDrill> all = RunCommand.repeated(parts, repeat);
    if (all.size() > DRILLS_MAX) {
      variants.remove();
      throw new UsageException(all.size() + " drills: at most " + DRILLS_MAX + " in one sweep.");
    }
    System.err.printf("%d drills, %d at once%n", all.size(), atOnce);
    return player.play(
        run, all, declarations.contexts().orThrow().values(), new Run.Question(null, grid));
  }

  /**
   * Adds the parts of every point to the list; a point that has none is left out with its reason.
   */
  private SettingsSweep.Grid resolved(
      EnvironmentVariants variants,
      SettingsSweep.Grid grid,
      Declarations declarations,
      List<String> names,
      List<PlannedDrill> parts) {
    List<SettingsSweep.Point> points = new ArrayList<>();
    for (SettingsSweep.Point point : grid.points()) {
      SettingsSweep.Point kept = point;
      List<PlannedDrill> mine = new ArrayList<>();
      try {
        for (String name : point.skipped() == null ? names : List.<String>of()) {
          Drill drill = Scenarios.named(name).plan();
          String chosen = context;
          mine.add(
              PlannedDrill.of(
                  declarations,
                  name,
                  drill,
                  point.environment(),
                  chosen == null ? drill.context() : chosen));
        }
      } catch (DeclarationException e) {
        kept = variants.leftOut(point, e);
        mine.clear();
      }
      parts.addAll(mine);
      points.add(kept);
    }
    return new SettingsSweep.Grid(grid.base(), grid.scenarios(), grid.axes(), List.copyOf(points));
  }

  private static String known(String name) {
    return Scenarios.names().stream()
        .filter(k -> k.equals(name) || Scenarios.simple(k).equals(name))
        .findFirst()
        .orElseThrow(() -> new UsageException("no scenario is called '" + name + "'."));
  }

  private List<SettingsSweep.Axis> axes() {
    List<SettingsSweep.Axis> axes = new ArrayList<>();
    Set<String> keys = new LinkedHashSet<>();
    for (String setting : settings) {
      int at = setting.indexOf('=');
      String key = at < 0 ? setting : setting.substring(0, at).strip();
      List<String> values =
          at < 0
              ? List.of()
              : List.of(setting.substring(at + 1).split(",", -1)).stream()
                  .map(String::strip)
                  .distinct()
                  .toList();
      if (!key.matches("[a-z][a-z0-9_.]{0,60}") || values.isEmpty() || values.contains("")) {
        throw new UsageException(
            "--set "
                + setting
                + ": write a key and its values, for example --set ttl=20,30 or --set"
                + " postgresql.synchronous_commit=on,remote_apply.");
      }
      if (!keys.add(key)) {
        throw new UsageException("--set " + key + ": named twice.");
      }
      axes.add(new SettingsSweep.Axis(key, values));
    }
    return axes;
  }
}
