package io.drillyard.play.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Verdict;
import io.drillyard.check.backup.RestoreRungResult;
import io.drillyard.check.backup.Rung;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.RestoreTest;
import io.drillyard.launch.RestoresInLab;
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
  private static final int AGAIN = 2;

  private static final List<String> WAYS =
      List.of("segment-missing", "history-missing", "segment-swapped", "throttled", "slow");

  @Test
  void aBackupIsProvenAndDamagesAreNoticed(@TempDir Path folder) {
    Evidence run = run(WAYS, folder.resolve("run"));
    assertThat(run.end()).isEqualTo("complete");
    assertThat(run.verdict()).isEqualTo(Verdict.MET);
    assertThat(run.plainTests().getFirst().ladder()).hasSize(Rung.values().length);
    assertThat(run.testControls())
        .extracting(RestoreTest::result)
        .startsWith("CAUGHT", "CAUGHT", "CAUGHT", "CAUGHT")
        .hasSize(5);
    slowIsOvercome(run.testControls().getLast().result(), folder);
    RestoreTest gap = run.testControls().getFirst();
    assertThat(verdict(gap, Rung.CONTINUITY)).isEqualTo(Verdict.MISSED);
    assertThat(verdict(gap, Rung.VERIFY)).as("pgbackrest sees no gap").isEqualTo(Verdict.MET);
    assertThat(verdict(gap, Rung.TARGET)).isEqualTo(Verdict.MISSED);
    assertThat(verdict(gap, Rung.ACKNOWLEDGED)).isEqualTo(Verdict.MISSED);
    assertThat(verdict(gap, Rung.UNCHANGED)).isEqualTo(Verdict.MET);
    assertThat(Stream.of("evidence.json", "drillyard.prom", "junit.xml", "report.html"))
        .allSatisfy(name -> assertThat(folder.resolve("run").resolve(name)).isNotEmptyFile());
  }

  /** On a busy machine nothing may be slower than usual: then it is tried again, alone. */
  private static void slowIsOvercome(String first, Path folder) {
    String result = first;
    for (int again = 1; again <= AGAIN && result.equals(Verdict.UNDETERMINED.name()); again++) {
      Evidence run = run(List.of("slow"), folder.resolve("slow-" + again));
      result = run.testControls().getLast().result();
    }
    assertThat(result).isEqualTo("OVERCOME");
  }

  private static Evidence run(List<String> ways, Path folder) {
    Path environments = Path.of("environments").toAbsolutePath();
    return RestoresInLab.play(
        environments, RestoresInLab.filled(environments, "nightly", 24, ways), folder);
  }

  private static Verdict verdict(RestoreTest test, Rung rung) {
    RestoreRungResult climbed = Objects.requireNonNull(test.rung(rung));
    return climbed.verdict();
  }
}
