package io.drillyard.cli;

import io.drillyard.evidence.Evidence;
import io.drillyard.launch.ExitCode;
import io.drillyard.launch.StoredRunRecord;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin AllureOption allure = new AllureOption();

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Override
  public Integer call() {
    Path written = written();
    if (written == null) {
      System.err.println("Nothing was written.");
      return ExitCode.USAGE;
    }
    System.out.println(
        json ? JsonOutput.of(Map.of("report", written.toString())) : "Report: " + written);
    return ExitCode.MET;
  }

  private @Nullable Path written() {
    StoredRunRecord stored = StoredRunRecord.read(report);
    Evidence again = stored.judgedAgain();
    if (JudgeCommand.refused(report, stored.differences(again))) {
      return null;
    }
    JudgeCommand.earlier(stored.earlierRules(again));
    Path results = allure.results;
    if (results != null) {
      stored.allure(results, again);
    }
    return stored.writeReport(again);
  }
}
