package io.drillyard.cli;

import io.drillyard.check.Finding;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.EvidenceJson;
import io.drillyard.evidence.Study;
import io.drillyard.scenario.launch.ExitCode;
import io.drillyard.scenario.launch.Stored;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code judge}: a stored run is judged again from its ledgers. */
@Command(
    name = "judge",
    mixinStandardHelpOptions = true,
    description = "Judges a stored run again, offline, and compares with what its report says.")
final class JudgeCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "REPORT",
      arity = "0..1",
      description = "Folder of a run (default: ${DEFAULT-VALUE}).",
      defaultValue = "reports/latest")
  Path report = Path.of("reports/latest");

  @Option(
      names = "--baseline",
      paramLabel = "REPORT2",
      description = "Folder of another run: recovery that is slower than there counts as missed.")
  @Nullable Path baseline;

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Override
  public Integer call() {
    Stored stored = Stored.read(report);
    Evidence plain = stored.judgedAgain();
    Path other = baseline;
    Evidence again = other == null ? plain : stored.judgedAgain(Stored.read(other));
    if (json) {
      System.out.println(EvidenceJson.write(again));
    } else {
      for (Evidence.Drill drill : again.drills()) {
        Evidence.Control control = drill.control();
        System.out.printf(
            "%s: %s%n",
            drill.folder(), control == null ? drill.verdict() : "control " + control.result());
        for (Finding finding : drill.checks()) {
          System.out.printf(
              "  %-12s %-22s %s%n", finding.verdict(), finding.check(), finding.summary());
        }
      }
      together(again);
    }
    List<String> differences = stored.differences(plain);
    differences.forEach(d -> System.err.println("differs from the report: " + d));
    if (!differences.isEmpty()) {
      System.err.println(
          "drillyard: "
              + report
              + " does not agree with its own ledgers: do not rely on it. Remedy: take the run from"
              + " where it was made, or write its report anew with the Drillyard that made it.");
      return ExitCode.USAGE;
    }
    System.err.println("The same verdicts as in the report.");
    return ExitCode.of(again);
  }

  private static void together(Evidence again) {
    Study study = again.study();
    if (study == null) {
      return;
    }
    study
        .distributions()
        .forEach(
            d -> System.out.printf("%s: %s%n  %s%n", d.kind().words(), d.verdict(), d.statement()));
    Study.Baseline compared = study.baseline();
    if (compared != null) {
      compared
          .regressions()
          .forEach(
              r ->
                  System.out.printf(
                      "%s against %s%n  %s%n", r.kind().words(), compared.run(), r.statement()));
    }
  }
}
