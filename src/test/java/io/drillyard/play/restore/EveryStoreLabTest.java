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
import org.junit.jupiter.params.provider.ValueSource;

/**
 * On every other store, too, a cluster archives and backs up, and its backup is proven; and from a
 * second repository after the first is lost.
 */
@Tag("lab")
class EveryStoreLabTest {
  /** MiB: its WAL segments are larger than what pgBackRest uploads in one piece. */
  private static final int FILL = 24;

  @ParameterizedTest
  @ValueSource(strings = {"nightly-minio", "nightly-gcs", "nightly-azure", "after-loss"})
  void aBackupIsProven(String policy, @TempDir Path folder) {
    Path environments = Path.of("environments").toAbsolutePath();
    Evidence run =
        RestoresInLab.play(
            environments,
            RestoresInLab.filled(environments, policy, FILL, List.of()),
            folder.resolve("run"));
    assertThat(run.end()).isEqualTo("complete");
    assertThat(run.verdict()).as(run.toString()).isEqualTo(Verdict.MET);
    assertThat(run.plainTests().getFirst().ladder()).hasSize(Rung.values().length);
  }
}
