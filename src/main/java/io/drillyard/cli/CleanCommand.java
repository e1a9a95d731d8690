package io.drillyard.cli;

import io.drillyard.host.lab.BuildCache;
import io.drillyard.host.lab.LabFolder;
import io.drillyard.launch.ExitCode;
import io.drillyard.launch.UnhealedFault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code clean}: removes what dead labs left, and says which faults were in force when they died;
 * running labs and reports are not touched.
 *
 * <p>A fault of a lab acts on the lab's own hosts, networks and disks. With the lab these are gone,
 * so that removing it is the undo.
 */
@Command(
    name = "clean",
    mixinStandardHelpOptions = true,
    description = {
      "Removes the folders of dead labs, and says which faults were in force when they were killed:",
      "with the lab's hosts, networks and disks these are gone. Reports, images and running labs",
      "stay."
    })
final class CleanCommand implements Callable<Integer> {
  @Mixin FolderOptions places = new FolderOptions();

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Override
  public Integer call() {
    List<Path> removed = LabFolder.removeDead(BuildCache.ofUser().labs());
    List<UnhealedFault> faults = UnhealedFault.in(places.reports());
    if (json) {
      System.out.println(
          JsonOutput.of(
              Map.of(
                  "removed", removed.stream().map(Path::toString).toList(), "unhealed", faults)));
      return ExitCode.MET;
    }
    removed.forEach(folder -> System.out.println("removed " + folder));
    faults.forEach(
        f ->
            System.out.printf(
                "%s %s: killed while '%s' was in force; what \"%s\" would have undone went with its lab%n",
                f.run(), f.drill(), f.fault(), f.undo()));
    System.out.println(removed.isEmpty() ? "Nothing was left behind." : "Clean.");
    return ExitCode.MET;
  }
}
