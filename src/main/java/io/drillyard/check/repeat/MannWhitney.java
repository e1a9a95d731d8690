package io.drillyard.check.repeat;

import java.util.List;

/**
 * Are the values of one group larger than those of another? The one-sided Mann–Whitney U test (H.
 * B. Mann and D. R. Whitney, Annals of Mathematical Statistics 18, 1947), which assumes no shape of
 * the distributions.
 *
 * <p>U counts the pairs in which the fresh value is larger. Values are intervals, so U is one too:
 * {@code leastU} counts only pairs whose intervals are apart (ties and overlaps count as not
 * larger), {@code mostU} all that may be larger. The p-value of {@code leastU} holds whatever the
 * true values are; with ties it errs on the safe side.
 *
 * @param baseline number of values before
 * @param fresh number of values now
 * @param p probability of {@code leastU} or more, if nothing had changed
 * @param leastP the same of {@code mostU}
 * @param method {@code exact}, or {@code normal} where the exact distribution is too large
 */
public record MannWhitney(
    int baseline, int fresh, long leastU, long mostU, double p, double leastP, String method) {
  /** Beyond so many pairs the normal approximation with continuity correction is used. */
  static final long EXACT_PAIRS = 10_000;

  /** Tests whether the fresh values are larger. Either list may be empty: then p is 1. */
  public static MannWhitney larger(List<RunSample> baseline, List<RunSample> fresh) {
    long least = 0;
    long most = 0;
    for (RunSample now : fresh) {
      for (RunSample before : baseline) {
        least += now.lower() > before.upper() ? 1 : 0;
        most += now.upper() > before.lower() ? 1 : 0;
      }
    }
    int m = baseline.size();
    int n = fresh.size();
    boolean exact = (long) m * n <= EXACT_PAIRS;
    return new MannWhitney(
        m,
        n,
        least,
        most,
        exact ? exact(m, n, least) : normal(m, n, least),
        exact ? exact(m, n, most) : normal(m, n, most),
        exact ? "exact" : "normal");
  }

  /** The least p that groups of these sizes can ever show: 1 / C(m+n, n). */
  public static double smallestP(int baseline, int fresh) {
    if (baseline == 0 || fresh == 0) {
      return 1;
    }
    double log = 0;
    for (int i = 1; i <= fresh; i++) {
      log += Math.log((double) (baseline + i) / i);
    }
    return Math.exp(-log);
  }

  /**
   * P(U ≥ u) under the null hypothesis, every order of m + n values being equally likely. Counts by
   * the recurrence on the largest value: f(m, n, u) = f(m, n−1, u−m) + f(m−1, n, u), as
   * probabilities, so that nothing overflows.
   */
  static double exact(int m, int n, long u) {
    if (u <= 0 || m == 0 || n == 0) {
      return 1;
    }
    int pairs = m * n;
    if (u > pairs) {
      return 0;
    }
    double[][] row = new double[m + 1][];
    for (int j = 0; j <= n; j++) {
      for (int i = 0; i <= m; i++) {
        double[] now = new double[i * j + 1];
        if (i == 0 || j == 0) {
          now[0] = 1;
        } else {
          double[] lessFresh = row[i];
          double[] lessBefore = row[i - 1];
          double ofFresh = (double) j / (i + j);
          for (int k = 0; k < lessFresh.length; k++) {
            now[k + i] += ofFresh * lessFresh[k];
          }
          for (int k = 0; k < lessBefore.length; k++) {
            now[k] += (1 - ofFresh) * lessBefore[k];
          }
        }
        row[i] = now;
      }
    }
    double tail = 0;
    for (int k = pairs; k >= u; k--) {
      tail += row[m][k];
    }
    return Math.min(1, tail);
  }

  static double normal(int m, int n, long u) {
    double pairs = (double) m * n;
    double z = (u - 0.5 - pairs / 2) / Math.sqrt(pairs * (m + n + 1) / 12);
    return upperTail(z);
  }

  /** P(Z ≥ z) by the rational approximation 7.1.26 of Abramowitz and Stegun, |error| < 1.5e-7. */
  private static double upperTail(double z) {
    double x = Math.abs(z) / Math.sqrt(2);
    double t = 1 / (1 + 0.3275911 * x);
    double poly =
        t
            * (0.254829592
                + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
    double half = poly * Math.exp(-x * x) / 2;
    return z >= 0 ? half : 1 - half;
  }
}
