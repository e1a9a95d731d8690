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
final class ConfidenceTest {
  @Test
  void theRunsThatEverybodyQuotes() {
    assertThat(Confidence.runsNeeded(0.95, 0.95, 0)).isEqualTo(59);
    assertThat(Confidence.runsNeeded(0.90, 0.90, 0)).isEqualTo(22);
    assertThat(Confidence.runsNeeded(0.95, 0.95, 1)).isEqualTo(93);
    assertThat(Confidence.runsNeeded(0.95, 0.95, 2)).isEqualTo(124);
    assertThat(Confidence.runsNeeded(0.99, 0.95, 0)).isEqualTo(299);
    assertThat(Confidence.runsNeeded(0.5, 0.4, 0)).isEqualTo(1);
    assertThat(Confidence.runsNeeded(0.999999, 0.99, 0)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void threeOfThreeShowLittle() {
    assertThat(Confidence.leastShare(3, 3, 0.95)).isCloseTo(Math.cbrt(0.05), within(1e-9));
    assertThat(Confidence.thatShareMeets(3, 3, 0.95)).isCloseTo(0.142625, within(1e-9));
    assertThat(Confidence.leastShare(3, 0, 0.95)).isZero();
    assertThat(Confidence.mostShare(3, 3, 0.95)).isEqualTo(1);
    assertThat(Confidence.leastShare(0, 0, 0.95)).isZero();
  }

  /** NIST/SEMATECH e-Handbook 7.2.4.1 style: 4 defects of 20, upper bound 0.4010 at 95 %. */
  @Test
  void clopperPearsonWithMisses() {
    assertThat(1 - Confidence.leastShare(20, 16, 0.95)).isCloseTo(0.401028, within(1e-5));
  }

  @Test
  void theRankThatBoundsAQuantile() {
    assertThat(Confidence.rankAbove(58, 0.95, 0.95)).isZero();
    assertThat(Confidence.rankAbove(59, 0.95, 0.95)).isEqualTo(59);
    assertThat(Confidence.rankAbove(93, 0.95, 0.95)).isEqualTo(92);
    assertThat(Confidence.rankAbove(0, 0.95, 0.95)).isZero();
  }

  @Property(tries = 200)
  void theSumIsThatOfExactArithmetic(
      @ForAll @IntRange(min = 1, max = 60) int n,
      @ForAll @IntRange(max = 60) int k,
      @ForAll @IntRange(min = 1, max = 99) int percent) {
    double expected = exact(n, Math.min(k, n), percent);
    assertThat(Binomial.atMost(n, k, percent / 100.0)).isCloseTo(expected, within(1e-11));
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
    double least = Confidence.leastShare(n, m, confidence);
    assertThat(Confidence.thatShareMeets(n, m, least)).isCloseTo(confidence, within(1e-6));
    assertThat(least).isLessThanOrEqualTo((double) m / n);
    assertThat(Confidence.mostShare(n, m, confidence)).isGreaterThanOrEqualTo((double) m / n);
  }

  @Property(tries = 200)
  void aRunThatDoesNotMeetNeverHelps(
      @ForAll @IntRange(min = 2, max = 150) int n,
      @ForAll @IntRange(min = 1, max = 150) int met,
      @ForAll @DoubleRange(min = 0.5, max = 0.99) double share) {
    int m = Math.min(met, n);
    double now = Confidence.thatShareMeets(n, m, share);
    assertThat(Confidence.thatShareMeets(n, m - 1, share)).isLessThanOrEqualTo(now);
    assertThat(Confidence.thatShareMeets(n + 1, m, share)).isLessThanOrEqualTo(now + 1e-12);
    assertThat(Confidence.thatShareMeets(n + 1, m + 1, share)).isGreaterThanOrEqualTo(now - 1e-12);
  }

  @Property(tries = 100)
  void theRunsNeededAreTheFewest(
      @ForAll @DoubleRange(min = 0.5, max = 0.99) double share,
      @ForAll @DoubleRange(min = 0.5, max = 0.99) double confidence,
      @ForAll @IntRange(max = 5) int against) {
    int n = Confidence.runsNeeded(share, confidence, against);
    assertThat(Confidence.thatShareMeets(n, n - against, share)).isGreaterThanOrEqualTo(confidence);
    if (n - 1 > against) {
      assertThat(Confidence.thatShareMeets(n - 1, n - 1 - against, share)).isLessThan(confidence);
    }
  }

  @Test
  void whatIsNoCountAndNoFractionIsRefused() {
    assertThatThrownBy(() -> Confidence.thatShareMeets(3, 4, 0.9))
        .hasMessageContaining("4 of 3 runs cannot have met");
    assertThatThrownBy(() -> Confidence.thatShareMeets(3, -1, 0.9)).hasMessageContaining("-1 of 3");
    assertThatThrownBy(() -> Confidence.leastShare(-1, 0, 0.9)).hasMessageContaining("not -1");
    assertThatThrownBy(() -> Confidence.leastShare(Integer.MAX_VALUE, 0, 0.9))
        .isInstanceOf(IllegalArgumentException.class);
    for (double bad : new double[] {0, 1, -0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Confidence.thatShareMeets(3, 3, bad))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> Confidence.runsNeeded(0.9, bad, 0))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> Confidence.rankAbove(3, bad, 0.9))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Confidence.runsNeeded(0.9, 0.9, -1)).hasMessageContaining("negative");
    assertThatThrownBy(() -> Binomial.atMost(3, 1, 1.5)).hasMessageContaining("probability");
  }

  @Test
  void theUpperBoundMirrorsTheLowerOne() {
    assertThat(Confidence.mostShare(20, 4, 0.95)).isCloseTo(0.401028, within(1e-5));
    assertThat(Confidence.mostShare(20, 0, 0.95)).isLessThan(0.14);
  }

  @Test
  void aConfidenceThatIsReachedExactlyIsReached() {
    // One run of one: the share s is shown with confidence 1 - s.
    assertThat(Confidence.leastShare(1, 1, 0.5)).isEqualTo(0.5);
    assertThat(Confidence.rankAbove(1, 0.5, 0.5)).isEqualTo(1);
    assertThat(Confidence.runsNeeded(0.5, 0.5, 0)).isEqualTo(1);
  }

  @Test
  void moreRunsThanAnybodyPlaysAreNotPromised() {
    int most = Binomial.RUNS_MAX;
    assertThat(Confidence.runsNeeded(0.5, 0.5, most - 1)).isEqualTo(Integer.MAX_VALUE);
    assertThat(Confidence.runsNeeded(1e-6, 0.9, most - 1)).isEqualTo(most);
    // 1 - 0.9999^n reaches 99.99 % at 92 099 runs, between the last doubling and the most.
    assertThat(Confidence.runsNeeded(0.9999, 0.9999, 0)).isEqualTo(92_099);
  }

  @Test
  void everyFigureIsCheckedByItself() {
    for (double bad : new double[] {0, 1, Double.NaN}) {
      assertThatThrownBy(() -> Confidence.leastShare(3, 3, bad)).hasMessageContaining("confidence");
      assertThatThrownBy(() -> Confidence.rankAbove(3, 0.9, bad))
          .hasMessageContaining("confidence");
      assertThatThrownBy(() -> Confidence.rankAbove(3, bad, 0.9)).hasMessageContaining("quantile");
      assertThatThrownBy(() -> Confidence.runsNeeded(bad, 0.9, 0)).hasMessageContaining("share");
      assertThatThrownBy(() -> Confidence.runsNeeded(0.9, bad, 0))
          .hasMessageContaining("confidence");
    }
    assertThatThrownBy(() -> Confidence.mostShare(3, 4, 0.9)).hasMessageContaining("4 of 3 runs");
    assertThatThrownBy(() -> Confidence.rankAbove(-1, 0.9, 0.9)).hasMessageContaining("not -1");
    assertThatThrownBy(() -> Binomial.atMost(-1, 0, 0.5)).hasMessageContaining("not -1");
    assertThatThrownBy(() -> Binomial.atMost(3, 1, -0.1)).hasMessageContaining("probability");
    assertThatThrownBy(() -> Binomial.requireRuns(Binomial.RUNS_MAX + 1))
        .hasMessageContaining("not 100001");
    assertThat(Confidence.leastShare(Binomial.RUNS_MAX, 0, 0.9)).isZero();
  }

  @Test
  void theEndsOfTheDistribution() {
    assertThat(Binomial.atMost(3, -1, 0.5)).isZero();
    assertThat(Binomial.atMost(3, 3, 0.5)).isEqualTo(1);
    assertThat(Binomial.atMost(3, 0, 0)).isEqualTo(1);
    assertThat(Binomial.atMost(3, 2, 1)).isZero();
    assertThat(Binomial.atMost(0, 0, 0.5)).isEqualTo(1);
  }

  @Test
  void aTailThatIsNearlyNothingIsNotRoundedToNothing() {
    // 1001 of 2^1000 orders, far below what can be told beside 1.
    assertThat(Binomial.atMost(1_000, 1, 0.5) / (1_001 * Math.pow(2, -1_000)))
        .isCloseTo(1, within(1e-9));
  }
}
