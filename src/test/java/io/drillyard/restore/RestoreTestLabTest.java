package io.drillyard.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Verdict;
import io.drillyard.check.backup.Climbed;
import io.drillyard.check.backup.Rung;
import io.drillyard.host.lab.LabLauncher;
import io.drillyard.restore.launch.RestoreLauncher;
import io.drillyard.restore.play.RestoreOrder;
import io.drillyard.restore.report.RestoreRun;
import io.drillyard.restore.report.RestoreTest;
import io.drillyard.restore.tamper.Tampering;
import io.drillyard.restore.tamper.Trouble;
import io.drillyard.target.RestorePolicyFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole backup is proven; a gap, a missing history and a swapped segment are not. */
@Tag("lab")
class RestoreTestLabTest {
  private static final List<Tampering> DAMAGES =
      List.of(Tampering.SEGMENT_MISSING, Tampering.HISTORY_MISSING, Tampering.SEGMENT_SWAPPED);

  private static final int AGAIN = 2;

  private static final List<String> WAYS =
      Stream.concat(
              DAMAGES.stream().map(Tampering::option),
              Stream.of(Trouble.THROTTLED, Trouble.SLOW).map(Trouble::option))
          .toList();

  @Test
  void aBackupIsProvenAndDamagesAreNoticed(@TempDir Path folder) {
    Path environments = Path.of("environments").toAbsolutePath();
    List<String> progress = new java.util.concurrent.CopyOnWriteArrayList<>();
    RestoreLauncher launcher = new RestoreLauncher(LabLauncher.here(environments), progress::add);
    RestoreOrder order =
        new RestoreOrder("nightly", "oldest", "latest", 1, WAYS, 1, 0, 24, "lab-test");
    RestoreRun run =
        launcher.run(
            RestorePolicyFile.load(environments, "nightly").orThrow(),
            order,
            folder.resolve("run"));
    assertThat(run.end()).as(String.join("\n", progress)).isEqualTo("complete");
    assertThat(launcher.residue()).isNull();
    assertThat(run.verdict()).isEqualTo(Verdict.MET);
    assertThat(run.plain().getFirst().ladder()).hasSize(Rung.values().length);
    assertThat(run.controls())
        .extracting(RestoreRun::result)
        .startsWith("CAUGHT", "CAUGHT", "CAUGHT", "CAUGHT")
        .hasSize(5);
    slowIsOvercome(RestoreRun.result(run.controls().getLast()), folder);
    RestoreTest gap = run.controls().getFirst();
    assertThat(verdict(gap, Rung.CONTINUITY)).isEqualTo(Verdict.MISSED);
    assertThat(verdict(gap, Rung.VERIFY)).as("pgbackrest sees no gap").isEqualTo(Verdict.MET);
    assertThat(verdict(gap, Rung.TARGET)).isEqualTo(Verdict.MISSED);
    assertThat(verdict(gap, Rung.ACKNOWLEDGED)).isEqualTo(Verdict.MISSED);
    assertThat(verdict(gap, Rung.UNCHANGED)).isEqualTo(Verdict.MET);
    assertThat(Stream.of("restore.json", "restore.prom", "junit.xml", "report.html"))
        .allSatisfy(name -> assertThat(folder.resolve("run").resolve(name)).isNotEmptyFile());
  }

  /** On a busy machine nothing may be slower than usual: then it is tried again, alone. */
  private static void slowIsOvercome(String first, Path folder) {
    String result = first;
    for (int again = 1; again <= AGAIN && result.equals(Verdict.UNDETERMINED.name()); again++) {
      RestoreRun run = run(List.of(Trouble.SLOW.option()), folder.resolve("slow-" + again));
      result = RestoreRun.result(run.controls().getLast());
    }
    assertThat(result).isEqualTo("OVERCOME");
  }

  private static RestoreRun run(List<String> ways, Path folder) {
    Path environments = Path.of("environments").toAbsolutePath();
    return new RestoreLauncher(LabLauncher.here(environments), line -> {})
        .run(
            RestorePolicyFile.load(environments, "nightly").orThrow(),
            new RestoreOrder("nightly", "oldest", "latest", 1, ways, 1, 0, 24, "lab-test"),
            folder);
  }

  private static Verdict verdict(RestoreTest test, Rung rung) {
    Climbed climbed = Objects.requireNonNull(test.rung(rung));
    return climbed.verdict();
  }
}
