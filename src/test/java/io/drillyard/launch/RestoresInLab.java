package io.drillyard.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.declaration.RestorePolicy;
import io.drillyard.declaration.RestorePolicyFile;
import io.drillyard.evidence.Evidence;
import io.drillyard.host.lab.LabLauncher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Runs of restore tests alone, as the command plays them. */
public final class RestoresInLab {
  private RestoresInLab() {}

  /** The declared test of that name, of the newest backup to the archive's end. */
  public static PlannedRestoreTests declared(Path environments, String name) {
    RestorePolicy policy = RestorePolicyFile.load(environments, name).orThrow();
    return new PlannedRestoreTests(policy, "latest", "latest", 1, List.of(), 1, 0, 0);
  }

  /** The same of the oldest backup, with a source that was filled, and these faults. */
  public static PlannedRestoreTests filled(
      Path environments, String name, int mebibytes, List<String> faults) {
    RestorePolicy policy = RestorePolicyFile.load(environments, name).orThrow();
    return new PlannedRestoreTests(policy, "oldest", "latest", 1, faults, 1, 0, mebibytes);
  }

  /**
   * Plays it, and shows that nothing is left behind.
   *
   * @param folder of the run
   */
  public static Evidence play(Path environments, PlannedRestoreTests part, Path folder) {
    List<String> progress = new CopyOnWriteArrayList<>();
    LabLauncher labs = LabLauncher.here(environments);
    Run run =
        new Run(
            folder.resolveSibling(".").toAbsolutePath().normalize(),
            String.valueOf(folder.getFileName()));
    RestoreLauncher restorer = new RestoreLauncher(labs, run.id(), progress::add);
    DrillLauncher drills = new DrillLauncher(labs, run.id(), false, DrillWatcher.NONE);
    Evidence played =
        run.play(List.of(), List.of(part), drills, restorer, 1, List.of(), Run.Question.NONE);
    run.write(played);
    Evidence evidence = run.borneOut(played, progress::add);
    assertThat(restorer.residue()).isEmpty();
    assertThat(evidence.restoreTests())
        .as("%s%n%s", String.join("\n", progress), log(folder))
        .isNotEmpty();
    return evidence;
  }

  private static String log(Path folder) {
    try (var files = Files.walk(folder)) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(f -> f.endsWith("lab.log")).toList()) {
        all.append(Files.readString(file));
      }
      return all.toString();
    } catch (java.io.IOException e) {
      return "no log: " + e;
    }
  }
}
