package io.drillyard.cli;

import io.drillyard.host.lab.BuildCache;
import io.drillyard.host.lab.LabPrerequisites;
import io.drillyard.launch.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code doctor}: can this machine run drills, and if not, what helps. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Looks whether this machine can run drills, and says what helps if not.")
final class DoctorCommand implements Callable<Integer> {
  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Override
  public Integer call() {
    List<LabPrerequisites.Look> looks = new LabPrerequisites(BuildCache.ofUser()).look();
    if (json) {
      System.out.println(JsonOutput.of(looks));
    } else {
      for (LabPrerequisites.Look look : looks) {
        System.out.printf("%-4s %s: %s%n", look.well() ? "ok" : "NO", look.what(), look.seen());
        if (!look.well()) {
          System.out.println("     remedy: " + look.remedy());
        }
      }
    }
    return looks.stream().allMatch(LabPrerequisites.Look::well) ? ExitCode.MET : ExitCode.USAGE;
  }
}
