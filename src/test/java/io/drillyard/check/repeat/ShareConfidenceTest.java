package io.drillyard.check.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The figures that textbooks print, and what must hold for all of them. */
final class ShareConfidenceTest {
  @Test
  void theRunsThatEverybodyQuotes() {
    assertThat(ShareConfidence.runsNeeded(0.95, 0.95, 0)).isEqualTo(59);
    assertThat(ShareConfidence.runsNeeded(0.90, 0.90, 0)).isEqualTo(22);
    assertThat(ShareConfidence.runsNeeded(0.95, 0.95, 1)).isEqualTo(93);
    assertThat(ShareConfidence.runsNeeded(0.95, 0.95, 2)).isEqualTo(124);
    assertThat(ShareConfidence.runsNeeded(0.99, 0.95, 0)).isEqualTo(299);
    assertThat(ShareConfidence.runsNeeded(0.5, 0.4, 0)).isEqualTo(1);
    assertThat(ShareConfidence.runsNeeded(0.999999, 0.99, 0)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void threeOfThreeShowLittle() {
    assertThat(ShareConfidence.leastShare(3, 3, 0.95)).isCloseTo(Math.cbrt(0.05), within(1e-9));
    assertThat(ShareConfidence.thatShareMeets(3, 3, 0.95)).isCloseTo(0.142625, within(1e-9));
    assertThat(ShareConfidence.leastShare(3, 0, 0.95)).isZero();
    assertThat(ShareConfidence.mostShare(3, 3, 0.95)).isEqualTo(1);
    assertThat(ShareConfidence.leastShare(0, 0, 0.95)).isZero();
  }

  /** NIST/SEMATECH e-Handbook 7.2.4.1 style: 4 defects of 20, upper bound 0.4010 at 95 %. */
  @Test
  void clopperPearsonWithMisses() {
    assertThat(1 - ShareConfidence.leastShare(20, 16, 0.95)).isCloseTo(0.401028, within(1e-5));
  }

  @Test
  void theRankThatBoundsAQuantile() {
    assertThat(ShareConfidence.rankAbove(58, 0.95, 0.95)).isZero();
    assertThat(ShareConfidence.rankAbove(59, 0.95, 0.95)).isEqualTo(59);
    assertThat(ShareConfidence.rankAbove(93, 0.95, 0.95)).isEqualTo(92);
    assertThat(ShareConfidence.rankAbove(0, 0.95, 0.95)).isZero();
  }

  @Property(tries = 200)
  void theSumIsThatOfExactArithmetic(
      @ForAll @IntRange(min = 1, max = 60) int n,
      @ForAll @IntRange(max = 60) int k,
      @ForAll @IntRange(min = 1, max = 99) int percent) {
    double expected = exact(n, Math.min(k, n), percent);
    assertThat(BinomialDistribution.atMost(n, k, percent / 100.0))
        .isCloseTo(expected, within(1e-11));
  }

  private static double exact(int n, int k, int percent) {
    BigDecimal sum = BigDecimal.ZERO;
    BigInteger choose = BigInteger.ONE;
    for (int i = 0; i <= k; i++) {
      BigInteger term =
          choose
              .multiply(BigInteger.valueOf(percent).pow(i))
              .multiply(BigInteger.valueOf(100 - percent).pow(n - i));
      sum = sum.add(new BigDecimal(term));
      choose = choose.multiply(BigInteger.valueOf(n - i)).divide(BigInteger.valueOf(i + 1));
    }
    return sum.divide(new BigDecimal(BigInteger.valueOf(100).pow(n)), MathContext.DECIMAL64)
        .doubleValue();
  }

  @Property(tries = 200)
  void aBoundIsWhereTheConfidenceIsReached(
      @ForAll @IntRange(min = 1, max = 200) int n,
      @ForAll @IntRange(min = 1, max = 200) int met,
      @ForAll @DoubleRange(min = 0.5, max = 0.99) double confidence) {
    int m = Math.min(met, n);
    double least = ShareConfidence.leastShare(n, m, confidence);
    assertThat(ShareConfidence.thatShareMeets(n, m, least)).isCloseTo(confidence, within(1e-6));
    assertThat(least).isLessThanOrEqualTo((double) m / n);
    assertThat(ShareConfidence.mostShare(n, m, confidence)).isGreaterThanOrEqualTo((double) m / n);
  }

  @Property(tries = 200)
  void aRunThatDoesNotMeetNeverHelps(
      @ForAll @IntRange(min = 2, max = 150) int n,
      @ForAll @IntRange(min = 1, max = 150) int met,
      @ForAll @DoubleRange(min = 0.5, max = 0.99) double share) {
    int m = Math.min(met, n);
    double now = ShareConfidence.thatShareMeets(n, m, share);
    assertThat(ShareConfidence.thatShareMeets(n, m - 1, share)).isLessThanOrEqualTo(now);
    assertThat(ShareConfidence.thatShareMeets(n + 1, m, share)).isLessThanOrEqualTo(now + 1e-12);
    assertThat(ShareConfidence.thatShareMeets(n + 1, m + 1, share))
        .isGreaterThanOrEqualTo(now - 1e-12);
  }

  @Property(tries = 100)
  void theRunsNeededAreTheFewest(
      @ForAll @DoubleRange(min = 0.5, max = 0.99) double share,
      @ForAll @DoubleRange(min = 0.5, max = 0.99) double confidence,
      @ForAll @IntRange(max = 5) int against) {
    int n = ShareConfidence.runsNeeded(share, confidence, against);
    assertThat(ShareConfidence.thatShareMeets(n, n - against, share))
        .isGreaterThanOrEqualTo(confidence);
    if (n - 1 > against) {
      assertThat(ShareConfidence.thatShareMeets(n - 1, n - 1 - against, share))
          .isLessThan(confidence);
    }
  }

  @Test
  void whatIsNoCountAndNoFractionIsRefused() {
    assertThatThrownBy(() -> ShareConfidence.thatShareMeets(3, 4, 0.9))
        .hasMessageContaining("4 of 3 runs cannot have met");
    assertThatThrownBy(() -> ShareConfidence.thatShareMeets(3, -1, 0.9))
        .hasMessageContaining("-1 of 3");
    assertThatThrownBy(() -> ShareConfidence.leastShare(-1, 0, 0.9)).hasMessageContaining("not -1");
    assertThatThrownBy(() -> ShareConfidence.leastShare(Integer.MAX_VALUE, 0, 0.9))
        .isInstanceOf(IllegalArgumentException.class);
    for (double bad : new double[] {0, 1, -0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> ShareConfidence.thatShareMeets(3, 3, bad))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> ShareConfidence.runsNeeded(0.9, bad, 0))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> ShareConfidence.rankAbove(3, bad, 0.9))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> ShareConfidence.runsNeeded(0.9, 0.9, -1))
        .hasMessageContaining("negative");
    assertThatThrownBy(() -> BinomialDistribution.atMost(3, 1, 1.5))
        .hasMessageContaining("probability");
  }

  @Test
  void theUpperBoundMirrorsTheLowerOne() {
    assertThat(ShareConfidence.mostShare(20, 4, 0.95)).isCloseTo(0.401028, within(1e-5));
    assertThat(ShareConfidence.mostShare(20, 0, 0.95)).isLessThan(0.14);
  }

  @Test
  void aConfidenceThatIsReachedExactlyIsReached() {
    // One run of one: the share s is shown with confidence 1 - s.
    assertThat(ShareConfidence.leastShare(1, 1, 0.5)).isEqualTo(0.5);
    assertThat(ShareConfidence.rankAbove(1, 0.5, 0.5)).isEqualTo(1);
    assertThat(ShareConfidence.runsNeeded(0.5, 0.5, 0)).isEqualTo(1);
  }

  @Test
  void moreRunsThanAnybodyPlaysAreNotPromised() {
    int most = BinomialDistribution.RUNS_MAX;
    assertThat(ShareConfidence.runsNeeded(0.5, 0.5, most - 1)).isEqualTo(Integer.MAX_VALUE);
    assertThat(ShareConfidence.runsNeeded(1e-6, 0.9, most - 1)).isEqualTo(most);
    // 1 - 0.9999^n reaches 99.99 % at 92 099 runs, between the last doubling and the most.
    assertThat(ShareConfidence.runsNeeded(0.9999, 0.9999, 0)).isEqualTo(92_099);
  }

  @Test
  void everyFigureIsCheckedByItself() {
    for (double bad : new double[] {0, 1, Double.NaN}) {
      assertThatThrownBy(() -> ShareConfidence.leastShare(3, 3, bad))
          .hasMessageContaining("confidence");
      assertThatThrownBy(() -> ShareConfidence.rankAbove(3, 0.9, bad))
          .hasMessageContaining("confidence");
      assertThatThrownBy(() -> ShareConfidence.rankAbove(3, bad, 0.9))
          .hasMessageContaining("quantile");
      assertThatThrownBy(() -> ShareConfidence.runsNeeded(bad, 0.9, 0))
          .hasMessageContaining("share");
      assertThatThrownBy(() -> ShareConfidence.runsNeeded(0.9, bad, 0))
          .hasMessageContaining("confidence");
    }
    assertThatThrownBy(() -> ShareConfidence.mostShare(3, 4, 0.9))
        .hasMessageContaining("4 of 3 runs");
    assertThatThrownBy(() -> ShareConfidence.rankAbove(-1, 0.9, 0.9))
        .hasMessageContaining("not -1");
    assertThatThrownBy(() -> BinomialDistribution.atMost(-1, 0, 0.5))
        .hasMessageContaining("not -1");
    assertThatThrownBy(() -> BinomialDistribution.atMost(3, 1, -0.1))
        .hasMessageContaining("probability");
    assertThatThrownBy(() -> BinomialDistribution.requireRuns(BinomialDistribution.RUNS_MAX + 1))
        .hasMessageContaining("not 100001");
    assertThat(ShareConfidence.leastShare(BinomialDistribution.RUNS_MAX, 0, 0.9)).isZero();
  }

  @Test
  void theEndsOfTheDistribution() {
    assertThat(BinomialDistribution.atMost(3, -1, 0.5)).isZero();
    assertThat(BinomialDistribution.atMost(3, 3, 0.5)).isEqualTo(1);
    assertThat(BinomialDistribution.atMost(3, 0, 0)).isEqualTo(1);
    assertThat(BinomialDistribution.atMost(3, 2, 1)).isZero();
    assertThat(BinomialDistribution.atMost(0, 0, 0.5)).isEqualTo(1);
  }

  @Test
  void aTailThatIsNearlyNothingIsNotRoundedToNothing() {
    // 1001 of 2^1000 orders, far below what can be told beside 1.
    assertThat(BinomialDistribution.atMost(1_000, 1, 0.5) / (1_001 * Math.pow(2, -1_000)))
        .isCloseTo(1, within(1e-9));
  }
}
