package io.drillyard.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Verdict;
import io.drillyard.check.repeat.RunSample;
import io.drillyard.declaration.Share;
import io.drillyard.evidence.Evidence.Drill;
import io.drillyard.evidence.EvidenceJson;
import io.drillyard.evidence.ForgedRun;
import io.drillyard.evidence.ForgedStudy;
import io.drillyard.evidence.JunitXml;
import io.drillyard.evidence.RunStudy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The verdict of a run whose drills are judged together. */
final class JudgedTogetherTest {
  private static final Share SHARE = new Share(0.9, 0.9);

  private static Verdict run(int n, int missed, Share share) {
    List<Drill> drills = ForgedStudy.withShare(n, missed, share);
    return DrillJudging.run(drills, RunStudy.of(drills, null, null));
  }

  @Test
  void aShareIsShownByEnoughRunsOnly() {
    assertThat(run(22, 0, SHARE)).isEqualTo(Verdict.MET);
    assertThat(run(21, 0, SHARE)).isEqualTo(Verdict.UNDETERMINED);
    assertThat(run(1, 0, SHARE)).isEqualTo(Verdict.UNDETERMINED);
    assertThat(run(38, 1, SHARE)).isEqualTo(Verdict.MET);
    assertThat(run(37, 1, SHARE)).isEqualTo(Verdict.UNDETERMINED);
    assertThat(run(4, 3, SHARE)).isEqualTo(Verdict.MISSED);
  }

  @Test
  void withoutTheStudyEveryMissCounts() {
    assertThat(DrillJudging.run(ForgedStudy.withShare(38, 1, SHARE), null))
        .isEqualTo(Verdict.MISSED);
  }

  private static Verdict against(double beforeMs, int n) {
    List<Drill> drills = ForgedStudy.withShare(n, 0, SHARE);
    List<RunSample> before = Collections.nCopies(n, new RunSample(beforeMs, beforeMs));
    RunStudy.Reference earlier =
        new RunStudy.Reference("earlier", "0", Map.of(RunStudy.kind(drills.getFirst()), before));
    return DrillJudging.run(drills, RunStudy.of(drills, earlier, null));
  }

  @Test
  void slowerThanTheBaselineIsMissed() {
    assertThat(against(10_000, 22)).isEqualTo(Verdict.MISSED);
    assertThat(against(25_000, 22)).isEqualTo(Verdict.MET);
    assertThat(against(25_000, 2)).isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void aMissThatTheShareForgivesFailsNoBuild() {
    List<Drill> drills = ForgedStudy.withShare(38, 1, SHARE);
    RunStudy study = Objects.requireNonNull(RunStudy.of(drills, null, null));
    var evidence = ForgedRun.evidence("complete", drills).with(Verdict.MET, drills, study);
    assertThat(JunitXml.write(evidence))
        .contains("failures=\"0\" errors=\"0\"", "judged together with its repeats")
        .doesNotContain("<failure", "<error");
    assertThat(EvidenceJson.write(evidence)).contains("\"least\" : 0.9");
  }
}
