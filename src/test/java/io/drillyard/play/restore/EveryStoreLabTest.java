package io.drillyard.play.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Verdict;
import io.drillyard.check.backup.Rung;
import io.drillyard.evidence.Evidence;
import io.drillyard.launch.RestoresInLab;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * On every other store, too, a cluster archives and backs up, and its backup is proven; and from a
 * second repository after the first is lost.
 */
@Tag("lab")
class EveryStoreLabTest {
  /** MiB: its WAL segments are larger than what pgBackRest uploads in one piece. */
  private static final int FILL = 24;

  /** Each to another target, so that every kind of one is reached by a real server. */
  @ParameterizedTest
  @CsvSource({
    "nightly-minio, random-instant",
    "nightly-gcs, at-switch",
    "nightly-azure, before-next-backup",
    "after-loss, latest",
  })
  void aBackupIsProven(String policy, String target, @TempDir Path folder) {
    Path environments = Path.of("environments").toAbsolutePath();
    Evidence run =
        RestoresInLab.play(
            environments,
            RestoresInLab.filled(environments, policy, FILL, List.of()).to(target),
            folder.resolve("run"));
    assertThat(run.end()).isEqualTo("complete");
    assertThat(run.verdict()).as(run.toString()).isEqualTo(Verdict.MET);
    assertThat(run.plainTests().getFirst().ladder()).hasSize(Rung.values().length);
  }
}
