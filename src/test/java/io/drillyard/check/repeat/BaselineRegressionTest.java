package io.drillyard.check.repeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Verdict;
import io.drillyard.check.repeat.BaselineRegression.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Slower, no evidence, or too few runs to tell. */
final class BaselineRegressionTest {
  private static List<RunSample> samples(int n, double fromMs) {
    List<RunSample> samples = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      samples.add(new RunSample(fromMs + i * 100, fromMs + i * 100 + 10));
    }
    return samples;
  }

  private static BaselineRegression of(List<JudgedRun> now, List<RunSample> before) {
    return BaselineRegression.of(
        RepeatDistribution.of(Runs.KIND, now, null), "three-nodes", before);
  }

  @Test
  void slowerIsMissed() {
    BaselineRegression r = of(Runs.met(5), samples(5, 5_000));
    assertThat(r.outcome()).isEqualTo(Outcome.SLOWER);
    assertThat(r.verdict()).isEqualTo(Verdict.MISSED);
    assertThat(r.statement()).contains("n = 5 now, 5 before", "U = 25", "p = 0.0040", "exact");
  }

  @Test
  void fasterAndTheSameAreNoEvidence() {
    assertThat(of(Runs.met(5), samples(5, 20_000)).outcome()).isEqualTo(Outcome.NO_EVIDENCE);
    assertThat(of(Runs.met(5), samples(5, 10_050)).verdict()).isEqualTo(Verdict.MET);
  }

  @Test
  void tooFewAreSaidToBeTooFew() {
    BaselineRegression r = of(Runs.met(2), samples(3, 5_000));
    assertThat(r.outcome()).isEqualTo(Outcome.TOO_FEW);
    assertThat(r.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(r.statement()).contains("never show less than p = 0.100");
    assertThat(of(Runs.met(9), List.of()).statement()).contains("no drill of this kind");
  }

  @Test
  void runsThatSayNothingDecideNothing() {
    JudgedRun unknown =
        Runs.with(Verdict.UNDETERMINED, Runs.finding("recoveryTime", Verdict.UNDETERMINED, null));
    BaselineRegression now = of(List.of(unknown, unknown, unknown, unknown), samples(5, 5_000));
    assertThat(now.outcome()).isEqualTo(Outcome.TOO_FEW);
    List<RunSample> nothing =
        List.of(RunSample.UNKNOWN, RunSample.UNKNOWN, RunSample.UNKNOWN, RunSample.UNKNOWN);
    assertThat(of(Runs.met(5), nothing).outcome()).isEqualTo(Outcome.TOO_FEW);
  }

  @Test
  void exactlyTheLevelIsEnough() {
    // Three against three, all apart: p is 1 of 20 orders, the level itself.
    BaselineRegression r = of(Runs.met(3), samples(3, 5_000));
    assertThat(r.test().p()).isLessThanOrEqualTo(BaselineRegression.LEVEL);
    assertThat(r.outcome()).isEqualTo(Outcome.SLOWER);
    assertThat(r.statement()).endsWith("level 0.05).");
  }

  @Test
  void whatIntervalsLeaveOpenIsSaid() {
    List<RunSample> nothing =
        List.of(RunSample.UNKNOWN, RunSample.UNKNOWN, RunSample.UNKNOWN, RunSample.UNKNOWN);
    assertThat(of(Runs.met(5), nothing).statement()).contains("leave p between 0.0079 and 1.0000");
  }
}
