package io.drillyard.cli;

import io.drillyard.evidence.Evidence;
import io.drillyard.restore.launch.StoredRestore;
import io.drillyard.scenario.launch.ExitCode;
import io.drillyard.scenario.launch.Stored;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code report}: the report of a stored run is written anew. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description =
        "Judges a stored run again, and writes its report.html and junit.xml anew from that; refuses"
            + " a run that does not agree with its ledgers.")
final class ReportCommand implements Callable<Integer> {
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
    if (StoredRestore.isIn(report)) {
      return restoreTests();
    }
    Stored stored = Stored.read(report);
    Evidence again = stored.judgedAgain();
    if (JudgeCommand.refused(report, stored.differences(again))) {
      System.err.println("Nothing was written.");
      return ExitCode.USAGE;
    }
    JudgeCommand.earlier(stored.earlierRules(again));
    Path written = stored.writeReport(again);
    System.out.println(json ? Json.of(Map.of("report", written.toString())) : "Report: " + written);
    return ExitCode.MET;
  }

  private int restoreTests() {
    StoredRestore stored = StoredRestore.read(report);
    if (JudgeCommand.refused(report, stored.differences())) {
      System.err.println("Nothing was written.");
      return ExitCode.USAGE;
    }
    Path written = stored.writeReport();
    System.out.println(json ? Json.of(Map.of("report", written.toString())) : "Report: " + written);
    return ExitCode.MET;
  }
}
