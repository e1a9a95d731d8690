package io.drillyard.check.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The test of ranks against tables and against brute force. */
final class MannWhitneyTest {
  private static List<RunSample> exactly(double... values) {
    List<RunSample> samples = new ArrayList<>();
    for (double v : values) {
      samples.add(new RunSample(v, v));
    }
    return samples;
  }

  @Test
  void theTablesOfMannAndWhitney() {
    // Critical values for one-sided 5 %: U' <= 4 for 5 and 5, <= 27 for 10 and 10.
    assertThat(MannWhitney.exact(5, 5, 25 - 4)).isLessThanOrEqualTo(0.05);
    assertThat(MannWhitney.exact(5, 5, 25 - 5)).isGreaterThan(0.05);
    assertThat(MannWhitney.exact(10, 10, 100 - 27)).isLessThanOrEqualTo(0.05);
    assertThat(MannWhitney.exact(10, 10, 100 - 28)).isGreaterThan(0.05);
    assertThat(MannWhitney.exact(3, 3, 9)).isCloseTo(0.05, within(1e-12));
    assertThat(MannWhitney.smallestP(3, 3)).isCloseTo(0.05, within(1e-12));
    assertThat(MannWhitney.smallestP(0, 3)).isEqualTo(1);
  }

  @Test
  void theNormalTailIsNearTheExactOne() {
    for (long u : new long[] {450, 500, 550, 600}) {
      assertThat(MannWhitney.normal(30, 30, u))
          .isCloseTo(MannWhitney.exact(30, 30, u), within(0.002));
    }
  }

  @Property(tries = 60)
  void bruteForceAgrees(
      @ForAll @IntRange(min = 1, max = 5) int m,
      @ForAll @IntRange(min = 1, max = 5) int n,
      @ForAll @IntRange(max = 26) int u) {
    long hits = 0;
    long all = 0;
    for (int mask = 0; mask < 1 << (m + n); mask++) {
      if (Integer.bitCount(mask) == n) {
        long count = 0;
        int before = 0;
        for (int i = 0; i < m + n; i++) {
          if ((mask >> i & 1) == 1) {
            count += before;
          } else {
            before++;
          }
        }
        all++;
        hits += count >= u ? 1 : 0;
      }
    }
    assertThat(MannWhitney.exact(m, n, u)).isCloseTo((double) hits / all, within(1e-12));
  }

  @Test
  void intervalsThatOverlapProveNothing() {
    List<RunSample> before =
        List.of(new RunSample(10, 20), new RunSample(10, 20), new RunSample(10, 20));
    List<RunSample> now =
        List.of(new RunSample(15, 30), new RunSample(15, 30), new RunSample(15, 30));
    MannWhitney test = MannWhitney.larger(before, now);
    assertThat(test.leastU()).isZero();
    assertThat(test.p()).isEqualTo(1);
    assertThat(test.leastP()).isCloseTo(0.05, within(1e-12));
  }

  @Test
  void tiesAreNoSlowdown() {
    assertThat(MannWhitney.larger(exactly(0, 0, 0, 0), exactly(0, 0, 0, 0)).p()).isEqualTo(1);
    assertThat(MannWhitney.larger(List.of(), exactly(1)).p()).isEqualTo(1);
  }

  @Property(tries = 100)
  void slowerValuesNeverLookFaster(
      @ForAll @Size(min = 1, max = 8) List<@DoubleRange(max = 100) Double> before,
      @ForAll @Size(min = 1, max = 8) List<@DoubleRange(max = 100) Double> now,
      @ForAll @DoubleRange(max = 50) double later) {
    List<RunSample> baseline = before.stream().map(v -> new RunSample(v, v)).toList();
    List<RunSample> fresh = now.stream().map(v -> new RunSample(v, v + 1)).toList();
    List<RunSample> slower =
        now.stream().map(v -> new RunSample(v + later, v + later + 1)).toList();
    MannWhitney test = MannWhitney.larger(baseline, fresh);
    assertThat(MannWhitney.larger(baseline, slower).p()).isLessThanOrEqualTo(test.p() + 1e-12);
    assertThat(test.leastP()).isLessThanOrEqualTo(test.p());
    assertThat(test.p()).isBetween(MannWhitney.smallestP(before.size(), now.size()) - 1e-12, 1.0);
  }

  @Test
  void endsThatOnlyTouchAreNotLarger() {
    List<RunSample> before = List.of(new RunSample(10, 20));
    MannWhitney above = MannWhitney.larger(before, List.of(new RunSample(20, 30)));
    assertThat(above.leastU()).isZero();
    assertThat(above.mostU()).isEqualTo(1);
    MannWhitney below = MannWhitney.larger(before, List.of(new RunSample(5, 10)));
    assertThat(below.mostU()).isZero();
    assertThat(MannWhitney.larger(exactly(1, 1), exactly(1, 1)).mostU()).isZero();
  }

  @Test
  void beyondTenThousandPairsTheNormalTailIsUsed() {
    List<RunSample> hundred = exactly(new double[100]);
    assertThat(MannWhitney.larger(hundred, hundred).method()).isEqualTo("exact");
    assertThat(MannWhitney.larger(hundred, exactly(new double[101])).method()).isEqualTo("normal");
  }
}
