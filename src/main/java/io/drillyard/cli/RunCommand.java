package io.drillyard.cli;

import io.drillyard.declaration.Declarations;
import io.drillyard.declaration.RestorePolicyFile;
import io.drillyard.evidence.EvidenceException;
import io.drillyard.evidence.RunStudy;
import io.drillyard.launch.ExitCode;
import io.drillyard.launch.PlannedDrill;
import io.drillyard.launch.PlannedRestoreTests;
import io.drillyard.launch.Run;
import io.drillyard.launch.StoredRunRecord;
import io.drillyard.ledger.LedgerException;
import io.drillyard.play.LookAroundPauses;
import io.drillyard.scenario.Scenarios;
import io.drillyard.scenario.step.Step;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  @Mixin FolderOptions places = new FolderOptions();
  @Mixin ScenarioSelection choice = new ScenarioSelection();
  @Mixin AllureOption allure = new AllureOption();
  @Mixin ApprovalOptions handed = new ApprovalOptions();

  @Option(
      names = "--at-once",
      defaultValue = "2",
      description =
          "Labs at a time, and fewer while the machine stalls (default: ${DEFAULT-VALUE}).")
  int atOnce;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Plays each drill so many times and judges them together (default: ${DEFAULT-VALUE}).")
  int repeat;

  @Option(
      names = "--restore-test",
      paramLabel = "NAME",
      split = ",",
      description =
          "Plays this declared restore test too, environments/restore/NAME.yaml; its result stands beside the drills'.")
  List<String> restoreTests = new ArrayList<>();

  @Option(
      names = "--baseline",
      paramLabel = "REPORT",
      description =
          "Folder of an earlier run: recovery that is slower than there counts as missed.")
  @Nullable Path baseline;

  @Option(
      names = "--pause-at",
      paramLabel = "PHASE",
      description =
          "Stops there, with whatever is in force, until Enter is pressed: steady, fault, healed,"
              + " converged, or step for after each step. Such a drill is never evidence.")
  String pauseAt = "";

  @Option(names = "--json", description = "Prints evidence.json instead of the table.")
  boolean json;

  @Override
  public Integer call() {
    RunExecutor player =
        new RunExecutor(places.declarations(), choice.strict, atOnce, json, pauseAt);
    Declarations declarations = Declarations.load(places.declarations(), choice.strict);
    List<PlannedDrill> asked = choice.parts(declarations);
    Map<String, String> leftOut = notTested(asked);
    List<PlannedDrill> parts =
        repeated(asked.stream().filter(p -> p.notTested().isEmpty()).toList(), repeat);
    leftOut.forEach((scenario, why) -> System.err.println("NOT TESTED " + scenario + ": " + why));
    List<PlannedRestoreTests> restores = restores();
    if (parts.isEmpty() && restores.isEmpty()) {
      return ExitCode.UNDETERMINED;
    }
    stops(pauseAt, parts);
    parts.stream().flatMap(p -> p.warnings().stream()).distinct().forEach(System.err::println);
    Run run = new Run(places.reports());
    run.leaveOut(leftOut);
    Path earlier = baseline;
    RunStudy.Reference reference = earlier == null ? null : reference(earlier, run);
    return player
        .with(handed.handIn(run.id(), parts.size(), places.reports()))
        .play(
            run,
            parts,
            restores,
            declarations.contexts().orThrow().values(),
            new Run.Question(reference, null),
            allure.results);
  }

  private List<PlannedRestoreTests> restores() {
    List<PlannedRestoreTests> parts = new ArrayList<>();
    if (restoreTests.stream().distinct().count() < restoreTests.size()) {
      throw new UsageException("--restore-test: names each restore test once.");
    }
    for (String name : restoreTests) {
      parts.add(
          PlannedRestoreTests.of(
              RestorePolicyFile.load(places.declarations(), name).orThrow(),
              new SecureRandom().nextInt(RestoreTestCommand.SEEDS)));
    }
    return parts;
  }

  /** By scenario, why each that cannot say anything of the site is not played. */
  private static Map<String, String> notTested(List<PlannedDrill> parts) {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (PlannedDrill part : parts) {
      part.notTested().ifPresent(why -> reasons.put(Scenarios.simple(part.scenario()), why));
    }
    return reasons;
  }

  /** One drill at a time can be looked at by hand, and only where it has such a phase. */
  private static void stops(String pauseAt, List<PlannedDrill> parts) {
    if (pauseAt.isEmpty()) {
      return;
    }
    if (parts.size() != 1) {
      throw new UsageException("--pause-at: name one scenario, and play it once.");
    }
    List<String> phases =
        parts.get(0).drill().steps().stream()
            .map(Step::phase)
            .filter(p -> !p.isEmpty())
            .distinct()
            .toList();
    if (!pauseAt.equals(LookAroundPauses.EVERY_STEP) && !phases.contains(pauseAt)) {
      throw new UsageException(
          "--pause-at %s: this drill has the phases %s; or write %s."
              .formatted(pauseAt, String.join(", ", phases), LookAroundPauses.EVERY_STEP));
    }
  }

  /** What cannot be a baseline was given wrongly; it is no failure of this run. */
  private static RunStudy.Reference reference(Path baseline, Run run) {
    try {
      return StoredRunRecord.read(baseline).reference(run.id());
    } catch (EvidenceException | LedgerException e) {
      throw new UsageException("--baseline: " + e.getMessage());
    }
  }

  /**
   * Each part so many times; all of them once before any is played again, so that what drifts on
   * the machine touches all alike.
   */
  static List<PlannedDrill> repeated(List<PlannedDrill> parts, int times) {
    if (times < 1 || times > REPEAT_MAX) {
      throw new UsageException("--repeat " + times + ": 1 to " + REPEAT_MAX + " times.");
    }
    List<PlannedDrill> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      all.addAll(parts);
    }
    return all;
  }
}
