package io.drillyard.cli;

import io.drillyard.host.lab.Cache;
import io.drillyard.host.lab.LabFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code clean}: removes what dead labs left; running ones and reports are not touched. */
@Command(
    name = "clean",
    mixinStandardHelpOptions = true,
    description = "Removes the folders of dead labs. Reports, images and running labs stay.")
final class CleanCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    List<Path> removed = LabFolder.removeDead(Cache.ofUser().labs());
    removed.forEach(folder -> System.out.println("removed " + folder));
    System.out.println(removed.isEmpty() ? "Nothing was left behind." : "Clean.");
    return 0;
  }
}
