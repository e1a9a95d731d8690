package io.drillyard.cli;

import io.drillyard.host.lab.Cache;
import io.drillyard.host.lab.LabFolder;
import io.drillyard.scenario.launch.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code clean}: removes what dead labs left; running ones and reports are not touched. */
@Command(
    name = "clean",
    mixinStandardHelpOptions = true,
    description = "Removes the folders of dead labs. Reports, images and running labs stay.")
final class CleanCommand implements Callable<Integer> {
  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Override
  public Integer call() {
    List<Path> removed = LabFolder.removeDead(Cache.ofUser().labs());
    if (json) {
      System.out.println(Json.of(Map.of("removed", removed.stream().map(Path::toString).toList())));
      return ExitCode.MET;
    }
    removed.forEach(folder -> System.out.println("removed " + folder));
    System.out.println(removed.isEmpty() ? "Nothing was left behind." : "Clean.");
    return ExitCode.MET;
  }
}
