package io.drillyard.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Verdict;
import io.drillyard.check.backup.Rung;
import io.drillyard.host.lab.LabLauncher;
import io.drillyard.restore.launch.RestoreLauncher;
import io.drillyard.restore.play.RestoreOrder;
import io.drillyard.restore.report.RestoreRun;
import io.drillyard.target.RestorePolicyFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
    List<String> progress = new CopyOnWriteArrayList<>();
    RestoreLauncher launcher = new RestoreLauncher(LabLauncher.here(environments), progress::add);
    RestoreRun run =
        launcher.run(
            RestorePolicyFile.load(environments, policy).orThrow(),
            new RestoreOrder(policy, "oldest", "latest", 1, List.of(), 1, 0, FILL, "lab-test"),
            folder.resolve("run"));
    assertThat(run.end()).as(String.join("\n", progress)).isEqualTo("complete");
    assertThat(launcher.residue()).isNull();
    assertThat(run.verdict()).as(String.join("\n", progress)).isEqualTo(Verdict.MET);
    assertThat(run.plain().getFirst().ladder()).hasSize(Rung.values().length);
  }
}
