package io.drillyard.check.repeat;

/**
 * The binomial distribution, summed term by term: exact but for rounding (relative error about
 * 1e-12 up to {@link #RUNS_MAX} runs).
 */
final class BinomialDistribution {
  /** More runs than this nobody plays; it bounds the sums. */
  static final int RUNS_MAX = 100_000;

  private BinomialDistribution() {}

  /**
   * P(X ≤ k) for X ~ Bin(n, p).
   *
   * @param n trials, 0 to {@link #RUNS_MAX}
   * @param k successes; below 0 the sum is 0, from n on it is 1
   * @param p probability of success, 0 to 1
   * @throws IllegalArgumentException for anything else
   */
  static double atMost(int n, int k, double p) {
    requireRuns(n);
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("not a probability: " + p);
    }
    if (k < 0) {
      return 0;
    }
    if (k >= n) {
      return 1;
    }
    if (p == 0 || p == 1) {
      return p == 0 ? 1 : 0;
    }
    // The shorter tail is summed, so that neither ever vanishes beside 1.
    return k < n * p ? sum(n, 0, k, p) : 1 - sum(n, k + 1, n, p);
  }

  static void requireRuns(int n) {
    if (n < 0 || n > RUNS_MAX) {
      throw new IllegalArgumentException("runs must be 0 to " + RUNS_MAX + ", not " + n);
    }
  }

  private static double sum(int n, int from, int to, double p) {
    double log = n * Math.log1p(-p);
    double odds = Math.log(p) - Math.log1p(-p);
    double sum = 0;
    for (int i = 0; i <= to; i++) {
      if (i > 0) {
        log += Math.log((double) (n - i + 1) / i) + odds;
      }
      if (i >= from) {
        sum += Math.exp(log);
      }
    }
    return Math.min(1, sum);
  }
}
