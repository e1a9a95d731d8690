package io.drillyard.check.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.drillyard.check.Finding;
import io.drillyard.check.Finding.Measured;
import io.drillyard.check.Verdict;
import io.drillyard.declaration.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What repeats may claim, and what they may not. */
final class RepeatDistributionTest {
  private static final Share SHARE = new Share(0.95, 0.95);

  private static RepeatDistribution of(List<JudgedRun> runs) {
    return RepeatDistribution.of(Runs.KIND, runs, null);
  }

  private static List<JudgedRun> plus(List<JudgedRun> runs, JudgedRun... more) {
    List<JudgedRun> all = new ArrayList<>(runs);
    all.addAll(List.of(more));
    return all;
  }

  @Test
  void threeOfThreeAreMetAndShowLittle() {
    RepeatDistribution d = of(Runs.met(3));
    assertThat(d.verdict()).isEqualTo(Verdict.MET);
    assertThat(d.statement())
        .isEqualTo(
            "3 of 3 runs met: at least 36.8 % of cases meet, with 95 % confidence. Too few to show"
                + " 95 % of cases at 95 % confidence: that takes 59 runs without a miss.");
  }

  @Test
  void fiftyNineWithoutAMissShowTheUsualShare() {
    RepeatDistribution d = of(Runs.met(59));
    assertThat(d.statement()).contains("at least 95.0 %", "That shows 95 % of cases");
    assertThat(d.rto().p95Bound()).isEqualTo(10_050 + 58 * 100.0);
    assertThat(of(Runs.met(58)).rto().p95Bound()).isNull();
  }

  @Test
  void oneMissIsAMissWhereNoShareIsDeclared() {
    RepeatDistribution d = of(plus(Runs.met(99), Runs.recovered(31_000, 31_010)));
    assertThat(d.verdict()).isEqualTo(Verdict.MISSED);
    assertThat(d.missed()).isEqualTo(1);
    assertThat(d.rto().max()).isEqualTo(new RunSample(31_000, 31_010));
  }

  @Test
  void anUndeterminedRunCountsAgainst() {
    JudgedRun unknown = Runs.recovered(29_000, 31_000);
    RepeatDistribution d = of(plus(Runs.met(9), unknown));
    assertThat(d.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(d.leastShare()).isCloseTo(ShareConfidence.leastShare(10, 9, 0.95), within(1e-12));
    assertThat(d.statement()).contains("9 of 10 runs met", "1 undetermined counts as not met");
  }

  @Test
  void aDeclaredShareForgivesAsManyAsItMay() {
    JudgedRun missed = Runs.recovered(31_000, 31_010);
    assertThat(RepeatDistribution.of(Runs.KIND, plus(Runs.met(92), missed), SHARE).verdict())
        .isEqualTo(Verdict.MET);
    assertThat(RepeatDistribution.of(Runs.KIND, plus(Runs.met(91), missed), SHARE).verdict())
        .isEqualTo(Verdict.UNDETERMINED);
    RepeatDistribution few = RepeatDistribution.of(Runs.KIND, Runs.met(20), SHARE);
    assertThat(few.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(few.statement()).contains("reached: 64.1 % confidence", "that takes 59 runs");
    List<JudgedRun> bad = plus(Runs.met(3), missed, missed, missed);
    assertThat(RepeatDistribution.of(Runs.KIND, bad, SHARE).verdict()).isEqualTo(Verdict.MISSED);
  }

  @Test
  void aRefusedWriteThatIsPresentIsExcusedByNoShare() {
    JudgedRun present = Runs.lossWith(Verdict.MISSED, "refused-present", 1);
    RepeatDistribution d = RepeatDistribution.of(Runs.KIND, plus(Runs.met(500), present), SHARE);
    assertThat(d.verdict()).isEqualTo(Verdict.MISSED);
    assertThat(d.statement())
        .endsWith("No share excuses 1 of the runs: more than a figure was not kept.");
    JudgedRun lost = Runs.lossWith(Verdict.MISSED, "refused-present", 0);
    RepeatDistribution excused = RepeatDistribution.of(Runs.KIND, plus(Runs.met(500), lost), SHARE);
    assertThat(excused.verdict()).isEqualTo(Verdict.MET);
    assertThat(excused.statement()).doesNotContain("No share excuses");
  }

  @Test
  void aContradictionIsExcusedByNoShareAndProvesNoMiss() {
    for (Verdict verdict : List.of(Verdict.UNDETERMINED, Verdict.MISSED)) {
      JudgedRun odd = Runs.lossWith(verdict, "contradictions", 2);
      assertThat(RepeatDistribution.of(Runs.KIND, plus(Runs.met(500), odd), SHARE).verdict())
          .isEqualTo(Verdict.UNDETERMINED);
    }
    JudgedRun unsafe = Runs.lossWith(Verdict.UNDETERMINED, "refused-present", 1);
    assertThat(RepeatDistribution.of(Runs.KIND, plus(Runs.met(500), unsafe), SHARE).verdict())
        .isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void noShareForgivesASplitBrain() {
    JudgedRun split = Runs.with(Verdict.MISSED, Runs.finding("noSplitBrain", Verdict.MISSED, null));
    assertThat(RepeatDistribution.of(Runs.KIND, plus(Runs.met(500), split), SHARE).verdict())
        .isEqualTo(Verdict.MISSED);
  }

  @Test
  void theNearestRanks() {
    FigureDistribution s = of(Runs.met(20)).rto();
    assertThat(s.p50()).isEqualTo(new RunSample(10_900, 10_950));
    assertThat(s.p95()).isEqualTo(new RunSample(11_800, 11_850));
    assertThat(s.max()).isEqualTo(new RunSample(11_900, 11_950));
    assertThat(of(Runs.met(1)).rto().p95()).isEqualTo(new RunSample(10_000, 10_050));
  }

  @Test
  void aFaultThatNeverWasGivesNoFigure() {
    Measured none = new Measured(0, 0, 30_000.0, "ms");
    JudgedRun idle =
        Runs.with(
            Verdict.UNDETERMINED,
            Runs.finding("faultTookHold", Verdict.UNDETERMINED, null),
            Runs.finding("recoveryTime", Verdict.MET, none));
    assertThat(idle.sample("recoveryTime")).isEqualTo(RunSample.UNKNOWN);
    assertThat(idle.lostWrites()).isEqualTo(RunSample.UNKNOWN);
    assertThat(idle.of("recoveryTime")).isEqualTo(Verdict.UNDETERMINED);
    JudgedRun cutOff =
        new JudgedRun(Verdict.UNDETERMINED, false, Runs.met(1).getFirst().findings());
    assertThat(cutOff.sample("recoveryTime")).isEqualTo(RunSample.UNKNOWN);
  }

  @Test
  void aRunThatNeverRecoveredKeepsHowLongItWaited() {
    Finding waited =
        new Finding(
            "recoveryTime",
            Verdict.MISSED,
            null,
            null,
            "",
            List.of(),
            Map.of("unrecovered-for", new Measured(90_000, 90_000, 30_000.0, "ms")));
    RunSample s = Runs.with(Verdict.MISSED, waited).sample("recoveryTime");
    assertThat(s).isEqualTo(new RunSample(90_000, Double.POSITIVE_INFINITY));
  }

  @Test
  void aFigureThatItsOwnCheckDoubtsHasNoEnd() {
    Measured m = new Measured(5_000, 6_000, 30_000.0, "ms");
    JudgedRun doubted =
        Runs.with(Verdict.UNDETERMINED, Runs.finding("recoveryTime", Verdict.UNDETERMINED, m));
    assertThat(doubted.sample("recoveryTime")).isEqualTo(RunSample.UNKNOWN);
  }

  @Test
  void forgedFiguresAreNoSamples() {
    for (Measured forged :
        List.of(
            new Measured(Double.NaN, 1, 2.0, "ms"),
            new Measured(-5, 1, 2.0, "ms"),
            new Measured(9, 1, 2.0, "ms"),
            new Measured(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 2.0, "ms"))) {
      JudgedRun run = Runs.with(Verdict.MET, Runs.finding("recoveryTime", Verdict.MET, forged));
      assertThat(run.sample("recoveryTime")).isEqualTo(RunSample.UNKNOWN);
    }
    assertThatThrownBy(() -> new RunSample(2, 1)).hasMessageContaining("no interval");
    assertThatThrownBy(() -> new RunSample(Double.NaN, 1)).hasMessageContaining("no interval");
    assertThatThrownBy(() -> of(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Share(1, 0.95)).hasMessageContaining("share");
    assertThatThrownBy(() -> new Share(0.9, 0.4)).hasMessageContaining("confidence");
  }

  @Property(tries = 60)
  void anotherRunThatIsNotMetNeverImprovesAnything(
      @ForAll @IntRange(min = 1, max = 80) int n, @ForAll boolean missed) {
    List<JudgedRun> runs = Runs.met(n);
    JudgedRun worse = missed ? Runs.recovered(31_000, 31_010) : Runs.recovered(29_000, 31_000);
    for (Share share : new Share[] {SHARE, null}) {
      RepeatDistribution before = RepeatDistribution.of(Runs.KIND, runs, share);
      RepeatDistribution after = RepeatDistribution.of(Runs.KIND, plus(runs, worse), share);
      assertThat(after.leastShare()).isLessThanOrEqualTo(before.leastShare());
      assertThat(after.reached()).isLessThanOrEqualTo(before.reached());
      assertThat(after.rto().p95().upper()).isGreaterThanOrEqualTo(before.rto().p95().upper());
      assertThat(after.rto().max().upper()).isGreaterThanOrEqualTo(before.rto().max().upper());
      if (before.verdict() != Verdict.MET) {
        assertThat(after.verdict()).isNotEqualTo(Verdict.MET);
      }
    }
  }

  private static JudgedRun losing(Verdict verdict, Measured lost) {
    return Runs.with(
        verdict,
        new Finding(
            "dataLoss", verdict, null, null, "", List.of(), Map.of("lost-transactions", lost)));
  }

  private static Measured transactions(double lower, double upper) {
    return new Measured(lower, upper, null, "transactions");
  }

  @Test
  void lostWritesAreAsCertainAsTheLossItself() {
    assertThat(losing(Verdict.MET, transactions(2, 3)).lostWrites()).isEqualTo(new RunSample(2, 3));
    assertThat(losing(Verdict.MET, transactions(0, 0)).lostWrites()).isEqualTo(new RunSample(0, 0));
    assertThat(losing(Verdict.MISSED, transactions(2, 3)).lostWrites())
        .isEqualTo(new RunSample(2, 3));
    assertThat(losing(Verdict.UNDETERMINED, transactions(2, 3)).lostWrites())
        .isEqualTo(RunSample.UNKNOWN);
    JudgedRun cut =
        new JudgedRun(Verdict.MISSED, false, losing(Verdict.MISSED, transactions(2, 3)).findings());
    assertThat(cut.lostWrites()).isEqualTo(new RunSample(2, Double.POSITIVE_INFINITY));
    assertThat(new JudgedRun(Verdict.MET, true, List.of()).lostWrites())
        .isEqualTo(RunSample.UNKNOWN);
    JudgedRun none = Runs.with(Verdict.MET, Runs.finding("dataLoss", Verdict.MET, null));
    assertThat(none.lostWrites()).isEqualTo(RunSample.UNKNOWN);
    for (Measured forged :
        List.of(
            transactions(3, 2),
            transactions(-1, 2),
            transactions(Double.NaN, 2),
            transactions(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY))) {
      assertThat(losing(Verdict.MET, forged).lostWrites()).isEqualTo(RunSample.UNKNOWN);
    }
  }

  @Test
  void aRunSaysOfACheckWhatItFoundUnlessNothingCarriesIt() {
    JudgedRun run = Runs.recovered(1_000, 1_010);
    assertThat(run.of("recoveryTime")).isEqualTo(Verdict.MET);
    assertThat(run.of("noSuchCheck")).isEqualTo(Verdict.UNDETERMINED);
    assertThat(Runs.recovered(31_000, 31_010).of("recoveryTime")).isEqualTo(Verdict.MISSED);
    JudgedRun cut = new JudgedRun(Verdict.MISSED, false, Runs.recovered(31_000, 31_010).findings());
    assertThat(cut.of("recoveryTime")).isEqualTo(Verdict.MISSED);
    assertThat(cut.sample("recoveryTime"))
        .isEqualTo(new RunSample(31_000, Double.POSITIVE_INFINITY));
  }

  @Test
  void anInstantAndZeroAreFiguresToo() {
    Measured instant = new Measured(0, 0, 30_000.0, "ms");
    JudgedRun run = Runs.with(Verdict.MET, Runs.finding("recoveryTime", Verdict.MET, instant));
    assertThat(run.sample("recoveryTime")).isEqualTo(new RunSample(0, 0));
  }

  @Test
  void whatIsNotMetIsCountedByItself() {
    RepeatDistribution d =
        of(plus(Runs.met(5), Runs.recovered(29_000, 31_000), Runs.recovered(31_000, 31_010)));
    assertThat(List.of(d.runs(), d.met(), d.missed(), d.undetermined()))
        .containsExactly(7, 5, 1, 1);
    assertThat(d.statement())
        .contains(
            "5 of 7 runs met", "1 undetermined counts as not met", "with no more than 2 not met");
    RepeatDistribution two =
        of(plus(Runs.met(1), Runs.recovered(29_000, 31_000), Runs.recovered(29_000, 31_000)));
    assertThat(two.statement()).contains("2 undetermined count as not met");
    assertThat(of(List.of(Runs.recovered(31_000, 31_010))).statement())
        .contains("no share of cases is shown to meet");
  }

  @Test
  void limitAndUnitOfTheLossAreThoseThatWereMeasured() {
    RepeatDistribution d = of(Runs.met(3));
    assertThat(d.rto().limit()).isEqualTo(30_000.0);
    assertThat(d.rpo())
        .isNotNull()
        .satisfies(
            s -> {
              assertThat(s.unit()).isEqualTo("transactions");
              assertThat(s.limit()).isEqualTo(0.0);
            });
    JudgedRun unread = Runs.with(Verdict.MET, Runs.finding("dataLoss", Verdict.MET, null));
    assertThat(of(List.of(unread)).rpo()).isNull();
    assertThat(of(List.of(Runs.met(1).getFirst(), unread)).rpo()).isNotNull();
  }

  @Test
  void aConfidenceThatIsReachedExactlyIsEnough() {
    // One run of one shows one half with a confidence of one half; so does one miss against it.
    Share half = new Share(0.5, 0.5);
    assertThat(RepeatDistribution.of(Runs.KIND, Runs.met(1), half).verdict())
        .isEqualTo(Verdict.MET);
    List<JudgedRun> missed = List.of(Runs.recovered(31_000, 31_010));
    assertThat(RepeatDistribution.of(Runs.KIND, missed, half).verdict()).isEqualTo(Verdict.MISSED);
  }

  @Test
  void aShareThatNoFeasibleNumberOfRunsShowsIsSaidSo() {
    RepeatDistribution d = RepeatDistribution.of(Runs.KIND, Runs.met(3), new Share(0.999999, 0.99));
    assertThat(d.statement()).endsWith("No feasible number of runs shows the declared share.");
  }
}
