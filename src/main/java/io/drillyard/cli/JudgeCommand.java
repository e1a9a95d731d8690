package io.drillyard.cli;

import io.drillyard.check.Finding;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.EvidenceJson;
import io.drillyard.scenario.launch.ExitCode;
import io.drillyard.scenario.launch.Stored;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
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

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Override
  public Integer call() {
    Stored stored = Stored.read(report);
    Evidence again = stored.judgedAgain();
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
    }
    List<String> differences = stored.differences(again);
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
}
