package io.drillyard.check.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.drillyard.check.Finding;
import io.drillyard.check.Finding.Measured;
import io.drillyard.check.Verdict;
import io.drillyard.target.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What repeats may claim, and what they may not. */
final class DistributionTest {
  private static final Share SHARE = new Share(0.95, 0.95);

  private static Distribution of(List<Played> runs) {
    return Distribution.of(Runs.KIND, runs, null);
  }

  private static List<Played> plus(List<Played> runs, Played... more) {
    List<Played> all = new ArrayList<>(runs);
    all.addAll(List.of(more));
    return all;
  }

  @Test
  void threeOfThreeAreMetAndShowLittle() {
    Distribution d = of(Runs.met(3));
    assertThat(d.verdict()).isEqualTo(Verdict.MET);
    assertThat(d.statement())
        .isEqualTo(
            "3 of 3 runs met: at least 36.8 % of cases meet, with 95 % confidence. Too few to show"
                + " 95 % of cases at 95 % confidence: that takes 59 runs without a miss.");
  }

  @Test
  void fiftyNineWithoutAMissShowTheUsualShare() {
    Distribution d = of(Runs.met(59));
    assertThat(d.statement()).contains("at least 95.0 %", "That shows 95 % of cases");
    assertThat(d.rto().p95Bound()).isEqualTo(10_050 + 58 * 100.0);
    assertThat(of(Runs.met(58)).rto().p95Bound()).isNull();
  }

  @Test
  void oneMissIsAMissWhereNoShareIsDeclared() {
    Distribution d = of(plus(Runs.met(99), Runs.recovered(31_000, 31_010)));
    assertThat(d.verdict()).isEqualTo(Verdict.MISSED);
    assertThat(d.missed()).isEqualTo(1);
    assertThat(d.rto().max()).isEqualTo(new Sample(31_000, 31_010));
  }

  @Test
  void anUndeterminedRunCountsAgainst() {
    Played unknown = Runs.recovered(29_000, 31_000);
    Distribution d = of(plus(Runs.met(9), unknown));
    assertThat(d.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(d.leastShare()).isCloseTo(Confidence.leastShare(10, 9, 0.95), within(1e-12));
    assertThat(d.statement()).contains("9 of 10 runs met", "1 undetermined counts as not met");
  }

  @Test
  void aDeclaredShareForgivesAsManyAsItMay() {
    Played missed = Runs.recovered(31_000, 31_010);
    assertThat(Distribution.of(Runs.KIND, plus(Runs.met(92), missed), SHARE).verdict())
        .isEqualTo(Verdict.MET);
    assertThat(Distribution.of(Runs.KIND, plus(Runs.met(91), missed), SHARE).verdict())
        .isEqualTo(Verdict.UNDETERMINED);
    Distribution few = Distribution.of(Runs.KIND, Runs.met(20), SHARE);
    assertThat(few.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(few.statement()).contains("reached: 64.1 % confidence", "that takes 59 runs");
    List<Played> bad = plus(Runs.met(3), missed, missed, missed);
    assertThat(Distribution.of(Runs.KIND, bad, SHARE).verdict()).isEqualTo(Verdict.MISSED);
  }

  @Test
  void aRefusedWriteThatIsPresentIsExcusedByNoShare() {
    Played present = Runs.lossWith(Verdict.MISSED, "refused-present", 1);
    Distribution d = Distribution.of(Runs.KIND, plus(Runs.met(500), present), SHARE);
    assertThat(d.verdict()).isEqualTo(Verdict.MISSED);
    assertThat(d.statement())
        .endsWith("No share excuses 1 of the runs: more than a figure was not kept.");
    Played lost = Runs.lossWith(Verdict.MISSED, "refused-present", 0);
    Distribution excused = Distribution.of(Runs.KIND, plus(Runs.met(500), lost), SHARE);
    assertThat(excused.verdict()).isEqualTo(Verdict.MET);
    assertThat(excused.statement()).doesNotContain("No share excuses");
  }

  @Test
  void aContradictionIsExcusedByNoShareAndProvesNoMiss() {
    for (Verdict verdict : List.of(Verdict.UNDETERMINED, Verdict.MISSED)) {
      Played odd = Runs.lossWith(verdict, "contradictions", 2);
      assertThat(Distribution.of(Runs.KIND, plus(Runs.met(500), odd), SHARE).verdict())
          .isEqualTo(Verdict.UNDETERMINED);
    }
    Played unsafe = Runs.lossWith(Verdict.UNDETERMINED, "refused-present", 1);
    assertThat(Distribution.of(Runs.KIND, plus(Runs.met(500), unsafe), SHARE).verdict())
        .isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void noShareForgivesASplitBrain() {
    Played split = Runs.with(Verdict.MISSED, Runs.finding("noSplitBrain", Verdict.MISSED, null));
    assertThat(Distribution.of(Runs.KIND, plus(Runs.met(500), split), SHARE).verdict())
        .isEqualTo(Verdict.MISSED);
  }

  @Test
  void theNearestRanks() {
    Spread s = of(Runs.met(20)).rto();
    assertThat(s.p50()).isEqualTo(new Sample(10_900, 10_950));
    assertThat(s.p95()).isEqualTo(new Sample(11_800, 11_850));
    assertThat(s.max()).isEqualTo(new Sample(11_900, 11_950));
    assertThat(of(Runs.met(1)).rto().p95()).isEqualTo(new Sample(10_000, 10_050));
  }

  @Test
  void aFaultThatNeverWasGivesNoFigure() {
    Measured none = new Measured(0, 0, 30_000.0, "ms");
    Played idle =
        Runs.with(
            Verdict.UNDETERMINED,
            Runs.finding("faultTookHold", Verdict.UNDETERMINED, null),
            Runs.finding("recoveryTime", Verdict.MET, none));
    assertThat(idle.sample("recoveryTime")).isEqualTo(Sample.UNKNOWN);
    assertThat(idle.lostWrites()).isEqualTo(Sample.UNKNOWN);
    assertThat(idle.of("recoveryTime")).isEqualTo(Verdict.UNDETERMINED);
    Played cutOff = new Played(Verdict.UNDETERMINED, false, Runs.met(1).getFirst().findings());
    assertThat(cutOff.sample("recoveryTime")).isEqualTo(Sample.UNKNOWN);
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
    Sample s = Runs.with(Verdict.MISSED, waited).sample("recoveryTime");
    assertThat(s).isEqualTo(new Sample(90_000, Double.POSITIVE_INFINITY));
  }

  @Test
  void aFigureThatItsOwnCheckDoubtsHasNoEnd() {
    Measured m = new Measured(5_000, 6_000, 30_000.0, "ms");
    Played doubted =
        Runs.with(Verdict.UNDETERMINED, Runs.finding("recoveryTime", Verdict.UNDETERMINED, m));
    assertThat(doubted.sample("recoveryTime")).isEqualTo(Sample.UNKNOWN);
  }

  @Test
  void forgedFiguresAreNoSamples() {
    for (Measured forged :
        List.of(
            new Measured(Double.NaN, 1, 2.0, "ms"),
            new Measured(-5, 1, 2.0, "ms"),
            new Measured(9, 1, 2.0, "ms"),
            new Measured(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 2.0, "ms"))) {
      Played run = Runs.with(Verdict.MET, Runs.finding("recoveryTime", Verdict.MET, forged));
      assertThat(run.sample("recoveryTime")).isEqualTo(Sample.UNKNOWN);
    }
    assertThatThrownBy(() -> new Sample(2, 1)).hasMessageContaining("no interval");
    assertThatThrownBy(() -> new Sample(Double.NaN, 1)).hasMessageContaining("no interval");
    assertThatThrownBy(() -> of(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Share(1, 0.95)).hasMessageContaining("share");
    assertThatThrownBy(() -> new Share(0.9, 0.4)).hasMessageContaining("confidence");
  }

  @Property(tries = 60)
  void anotherRunThatIsNotMetNeverImprovesAnything(
      @ForAll @IntRange(min = 1, max = 80) int n, @ForAll boolean missed) {
    List<Played> runs = Runs.met(n);
    Played worse = missed ? Runs.recovered(31_000, 31_010) : Runs.recovered(29_000, 31_000);
    for (Share share : new Share[] {SHARE, null}) {
      Distribution before = Distribution.of(Runs.KIND, runs, share);
      Distribution after = Distribution.of(Runs.KIND, plus(runs, worse), share);
      assertThat(after.leastShare()).isLessThanOrEqualTo(before.leastShare());
      assertThat(after.reached()).isLessThanOrEqualTo(before.reached());
      assertThat(after.rto().p95().upper()).isGreaterThanOrEqualTo(before.rto().p95().upper());
      assertThat(after.rto().max().upper()).isGreaterThanOrEqualTo(before.rto().max().upper());
      if (before.verdict() != Verdict.MET) {
        assertThat(after.verdict()).isNotEqualTo(Verdict.MET);
      }
    }
  }

  private static Played losing(Verdict verdict, Measured lost) {
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
    assertThat(losing(Verdict.MET, transactions(2, 3)).lostWrites()).isEqualTo(new Sample(2, 3));
    assertThat(losing(Verdict.MET, transactions(0, 0)).lostWrites()).isEqualTo(new Sample(0, 0));
    assertThat(losing(Verdict.MISSED, transactions(2, 3)).lostWrites()).isEqualTo(new Sample(2, 3));
    assertThat(losing(Verdict.UNDETERMINED, transactions(2, 3)).lostWrites())
        .isEqualTo(Sample.UNKNOWN);
    Played cut =
        new Played(Verdict.MISSED, false, losing(Verdict.MISSED, transactions(2, 3)).findings());
    assertThat(cut.lostWrites()).isEqualTo(new Sample(2, Double.POSITIVE_INFINITY));
    assertThat(new Played(Verdict.MET, true, List.of()).lostWrites()).isEqualTo(Sample.UNKNOWN);
    Played none = Runs.with(Verdict.MET, Runs.finding("dataLoss", Verdict.MET, null));
    assertThat(none.lostWrites()).isEqualTo(Sample.UNKNOWN);
    for (Measured forged :
        List.of(
            transactions(3, 2),
            transactions(-1, 2),
            transactions(Double.NaN, 2),
            transactions(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY))) {
      assertThat(losing(Verdict.MET, forged).lostWrites()).isEqualTo(Sample.UNKNOWN);
    }
  }

  @Test
  void aRunSaysOfACheckWhatItFoundUnlessNothingCarriesIt() {
    Played run = Runs.recovered(1_000, 1_010);
    assertThat(run.of("recoveryTime")).isEqualTo(Verdict.MET);
    assertThat(run.of("noSuchCheck")).isEqualTo(Verdict.UNDETERMINED);
    assertThat(Runs.recovered(31_000, 31_010).of("recoveryTime")).isEqualTo(Verdict.MISSED);
    Played cut = new Played(Verdict.MISSED, false, Runs.recovered(31_000, 31_010).findings());
    assertThat(cut.of("recoveryTime")).isEqualTo(Verdict.MISSED);
    assertThat(cut.sample("recoveryTime")).isEqualTo(new Sample(31_000, Double.POSITIVE_INFINITY));
  }

  @Test
  void anInstantAndZeroAreFiguresToo() {
    Measured instant = new Measured(0, 0, 30_000.0, "ms");
    Played run = Runs.with(Verdict.MET, Runs.finding("recoveryTime", Verdict.MET, instant));
    assertThat(run.sample("recoveryTime")).isEqualTo(new Sample(0, 0));
  }

  @Test
  void whatIsNotMetIsCountedByItself() {
    Distribution d =
        of(plus(Runs.met(5), Runs.recovered(29_000, 31_000), Runs.recovered(31_000, 31_010)));
    assertThat(List.of(d.runs(), d.met(), d.missed(), d.undetermined()))
        .containsExactly(7, 5, 1, 1);
    assertThat(d.statement())
        .contains(
            "5 of 7 runs met", "1 undetermined counts as not met", "with no more than 2 not met");
    Distribution two =
        of(plus(Runs.met(1), Runs.recovered(29_000, 31_000), Runs.recovered(29_000, 31_000)));
    assertThat(two.statement()).contains("2 undetermined count as not met");
    assertThat(of(List.of(Runs.recovered(31_000, 31_010))).statement())
        .contains("no share of cases is shown to meet");
  }

  @Test
  void limitAndUnitOfTheLossAreThoseThatWereMeasured() {
    Distribution d = of(Runs.met(3));
    assertThat(d.rto().limit()).isEqualTo(30_000.0);
    assertThat(d.rpo())
        .isNotNull()
        .satisfies(
            s -> {
              assertThat(s.unit()).isEqualTo("transactions");
              assertThat(s.limit()).isEqualTo(0.0);
            });
    Played unread = Runs.with(Verdict.MET, Runs.finding("dataLoss", Verdict.MET, null));
    assertThat(of(List.of(unread)).rpo()).isNull();
    assertThat(of(List.of(Runs.met(1).getFirst(), unread)).rpo()).isNotNull();
  }

  @Test
  void aConfidenceThatIsReachedExactlyIsEnough() {
    // One run of one shows one half with a confidence of one half; so does one miss against it.
    Share half = new Share(0.5, 0.5);
    assertThat(Distribution.of(Runs.KIND, Runs.met(1), half).verdict()).isEqualTo(Verdict.MET);
    List<Played> missed = List.of(Runs.recovered(31_000, 31_010));
    assertThat(Distribution.of(Runs.KIND, missed, half).verdict()).isEqualTo(Verdict.MISSED);
  }

  @Test
  void aShareThatNoFeasibleNumberOfRunsShowsIsSaidSo() {
    Distribution d = Distribution.of(Runs.KIND, Runs.met(3), new Share(0.999999, 0.99));
    assertThat(d.statement()).endsWith("No feasible number of runs shows the declared share.");
  }
}
