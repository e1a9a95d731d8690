package io.drillyard.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Verdict;
import io.drillyard.host.lab.LabLauncher;
import io.drillyard.restore.launch.RestoreLauncher;
import io.drillyard.restore.play.RestoreOrder;
import io.drillyard.restore.report.RestoreRun;
import io.drillyard.restore.report.RestoreTest;
import io.drillyard.restore.tamper.Incident;
import io.drillyard.target.RestorePolicyFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source lives on while its archiving fails, silently or not; both are noticed and get over. */
@Tag("lab")
class IncidentLabTest {
  @Test
  void aFailingArchiveIsNoticedAndASilentOneToo(@TempDir Path folder) {
    Path environments = Path.of("environments").toAbsolutePath();
    List<String> progress = new CopyOnWriteArrayList<>();
    RestoreLauncher launcher = new RestoreLauncher(LabLauncher.here(environments), progress::add);
    List<String> incidents =
        List.of(Incident.PUSH_WRITING_DENIED.option(), Incident.QUEUE_LIMIT.option());
    RestoreRun run =
        launcher.run(
            RestorePolicyFile.load(environments, "operators").orThrow(),
            new RestoreOrder("operators", "latest", "latest", 1, incidents, 1, 0, 0, "lab-test"),
            folder.resolve("run"));
    assertThat(run.end()).as(String.join("\n", progress)).isEqualTo("complete");
    assertThat(launcher.residue()).isNull();
    assertThat(run.verdict()).as(String.join("\n", progress)).isEqualTo(Verdict.MET);
    assertThat(run.controls())
        .extracting(RestoreRun::result)
        .as(String.join("\n", progress))
        .containsExactly("CAUGHT", "OVERCOME", "CAUGHT", "OVERCOME");
    assertThat(run.controls())
        .extracting(RestoreTest::name)
        .containsExactly(
            "push-writing-denied",
            "push-writing-denied-is-over",
            "queue-limit",
            "queue-limit-is-over");
    assertThat(run.controls().getFirst().observations())
        .anySatisfy(o -> assertThat(o).contains("pg_stat_archiver tells of the failure"))
        .anySatisfy(o -> assertThat(o).contains("writes were acknowledged meanwhile, 0 failed"));
  }
}
