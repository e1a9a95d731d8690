package io.drillyard.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.EvidenceJson;
import io.drillyard.ledger.HarnessVersion;
import io.drillyard.ledger.RunPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a run says of itself before its first drill. */
final class RunTest {
  @Test
  void planAndRecordNameTheVersionWithItsCommit() {
    Run run = new Run(Path.of("nowhere"));
    RunPlan plan =
        run.plan(RunPlan.Kind.WHOLE, List.of(), List.of(), 0, List.of(), Map.of(), Map.of());
    String word = HarnessVersion.ofBuild().word();
    assertThat(plan.harness()).containsEntry("drillyard", word);
    Evidence evidence = run.evidence(List.of(), List.of(), false, plan, Run.Question.NONE);
    assertThat(evidence.harness()).containsEntry("drillyard", word);
    assertThat(EvidenceJson.write(evidence)).contains("\"drillyard\" : \"" + word + "\"");
  }
}
