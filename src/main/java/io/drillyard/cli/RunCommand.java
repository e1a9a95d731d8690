package io.drillyard.cli;

import io.drillyard.evidence.Study;
import io.drillyard.scenario.launch.Part;
import io.drillyard.scenario.launch.Run;
import io.drillyard.scenario.launch.Stored;
import io.drillyard.target.Declarations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run}: plays drills and writes the report. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Plays drills, judges them and writes the report.")
final class RunCommand implements Callable<Integer> {
  /** More would be days. */
  static final int REPEAT_MAX = 1000;

  @Mixin Places places = new Places();
  @Mixin Choice choice = new Choice();

  @Option(
      names = "--at-once",
      defaultValue = "2",
      description = "Labs at a time (default: ${DEFAULT-VALUE}).")
  int atOnce;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Plays each drill so many times and judges them together (default: ${DEFAULT-VALUE}).")
  int repeat;

  @Option(
      names = "--baseline",
      paramLabel = "REPORT",
      description =
          "Folder of an earlier run: recovery that is slower than there counts as missed.")
  @Nullable Path baseline;

  @Option(names = "--json", description = "Prints evidence.json instead of the table.")
  boolean json;

  @Override
  public Integer call() {
    Player player = new Player(places.declarations(), choice.strict, atOnce, json);
    Declarations declarations = Declarations.load(places.declarations(), choice.strict);
    List<Part> parts = repeated(choice.parts(declarations), repeat);
    parts.stream().flatMap(p -> p.warnings().stream()).distinct().forEach(System.err::println);
    Run run = new Run(places.reports());
    Path earlier = baseline;
    Study.Reference reference = earlier == null ? null : Stored.read(earlier).reference(run.id());
    return player.play(
        run, parts, declarations.contexts().orThrow().values(), new Run.Question(reference, null));
  }

  /**
   * Each part so many times; all of them once before any is played again, so that what drifts on
   * the machine touches all alike.
   */
  static List<Part> repeated(List<Part> parts, int times) {
    if (times < 1 || times > REPEAT_MAX) {
      throw new UsageException("--repeat " + times + ": 1 to " + REPEAT_MAX + " times.");
    }
    List<Part> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      all.addAll(parts);
    }
    return all;
  }
}
