package io.drillyard.cli;

import io.drillyard.host.lab.Cache;
import io.drillyard.host.lab.Doctor;
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
    List<Doctor.Look> looks = new Doctor(Cache.ofUser()).look();
    if (json) {
      System.out.println(Json.of(looks));
    } else {
      for (Doctor.Look look : looks) {
        System.out.printf("%-4s %s: %s%n", look.well() ? "ok" : "NO", look.what(), look.seen());
        if (!look.well()) {
          System.out.println("     remedy: " + look.remedy());
        }
      }
    }
    return looks.stream().allMatch(Doctor.Look::well) ? ExitCode.MET : ExitCode.USAGE;
  }
}
