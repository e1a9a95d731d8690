package io.drillyard.cli;

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
        "Writes report.html and junit.xml of a stored run anew, from its evidence and ledgers.")
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
    Path written = Stored.read(report).writeReport();
    System.out.println(json ? Json.of(Map.of("report", written.toString())) : "Report: " + written);
    return ExitCode.MET;
  }
}
