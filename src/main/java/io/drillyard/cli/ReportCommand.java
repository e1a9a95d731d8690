package io.drillyard.cli;

import io.drillyard.scenario.launch.Stored;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code report}: the report of a stored run is written anew. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description =
        "Writes report.html and junit.xml of a stored run anew, from its evidence and ledgers.")
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "REPORT", description = "Folder of a run, e.g. reports/latest.")
  Path report = Path.of("reports/latest");

  @Override
  public Integer call() {
    System.out.println("Report: " + Stored.read(report).writeReport());
    return 0;
  }
}
