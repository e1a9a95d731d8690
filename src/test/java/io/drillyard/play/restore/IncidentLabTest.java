package io.drillyard.play.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Verdict;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.RestoreTest;
import io.drillyard.launch.RestoresInLab;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source lives on while its archiving fails, silently or not; both are noticed and get over. */
@Tag("lab")
class IncidentLabTest {
  @Test
  void aFailingArchiveIsNoticedAndASilentOneToo(@TempDir Path folder) {
    Path environments = Path.of("environments").toAbsolutePath();
    List<String> incidents = List.of("push-writing-denied", "queue-limit");
    Evidence run =
        RestoresInLab.play(
            environments,
            RestoresInLab.declared(environments, "operators").suffering(incidents),
            folder.resolve("run"));
    assertThat(run.end()).isEqualTo("complete");
    assertThat(run.verdict()).as(run.toString()).isEqualTo(Verdict.MET);
    assertThat(run.testControls())
        .extracting(RestoreTest::result)
        .as(run.toString())
        .containsExactly("CAUGHT", "OVERCOME", "CAUGHT", "OVERCOME");
    assertThat(run.testControls())
        .extracting(RestoreTest::name)
        .containsExactly(
            "push-writing-denied",
            "push-writing-denied-is-over",
            "queue-limit",
            "queue-limit-is-over");
    assertThat(run.testControls().getFirst().observations())
        .anySatisfy(o -> assertThat(o).contains("pg_stat_archiver tells of the failure"))
        .anySatisfy(o -> assertThat(o).contains("writes were acknowledged meanwhile, 0 failed"));
  }
}
