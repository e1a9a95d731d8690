package io.drillyard.check.repeat;

/**
 * What n runs, m of them met, say about the share of cases that meet: exact one-sided binomial
 * bounds (C. J. Clopper and E. S. Pearson, Biometrika 26, 1934) and order-statistic bounds of
 * quantiles (S. S. Wilks, Annals of Mathematical Statistics 12, 1941). Nothing is assumed about the
 * shape of the distribution; assumed is that the runs are independent draws of the cases meant.
 *
 * <p>Shares and confidences are fractions strictly between 0 and 1.
 */
public final class ShareConfidence {
  private static final int HALVINGS = 200;

  private ShareConfidence() {}

  /**
   * Confidence that at least a share of cases meets: P(Bin(n, share) &lt; met). With every run met
   * that is 1 − share^n.
   *
   * @throws IllegalArgumentException if met is not within 0 to runs, or the share no fraction
   */
  public static double thatShareMeets(int runs, int met, double share) {
    require(runs, met);
    requireFraction("share", share);
    return BinomialDistribution.atMost(runs, met - 1, share);
  }

  /**
   * The largest share of which it can be said, with this confidence, that at least so many cases
   * meet: the lower Clopper–Pearson bound, 0 if no run met.
   */
  public static double leastShare(int runs, int met, double confidence) {
    require(runs, met);
    requireFraction("confidence", confidence);
    if (met == 0) {
      return 0;
    }
    double low = 0;
    double high = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double mid = (low + high) / 2;
      if (mid == low || mid == high) {
        break;
      }
      // Falls as the share grows: a greater claim has less behind it.
      if (BinomialDistribution.atMost(runs, met - 1, mid) >= confidence) {
        low = mid;
      } else {
        high = mid;
      }
    }
    return low;
  }

  /** The upper Clopper–Pearson bound: at most so many cases meet, with this confidence. */
  public static double mostShare(int runs, int met, double confidence) {
    require(runs, met);
    // Exactly the lower bound of the share that does not meet.
    return 1 - leastShare(runs, runs - met, confidence);
  }

  /**
   * The fewest runs that can show a share with a confidence, if so many of them do not meet: 59 for
   * 95 % at 95 % without a miss, 22 for 90 % at 90 %.
   *
   * @param against runs that do not meet, 0 or more
   * @return runs, or {@link Integer#MAX_VALUE} where more than any feasible number are needed
   */
  public static int runsNeeded(double share, double confidence, int against) {
    requireFraction("share", share);
    requireFraction("confidence", confidence);
    if (against < 0) {
      throw new IllegalArgumentException("runs against must not be negative: " + against);
    }
    int low = against;
    int high = against + 1;
    while (high <= BinomialDistribution.RUNS_MAX && !shows(high, against, share, confidence)) {
      low = high;
      high *= 2;
    }
    if (high > BinomialDistribution.RUNS_MAX) {
      high = BinomialDistribution.RUNS_MAX;
      if (!shows(high, against, share, confidence)) {
        return Integer.MAX_VALUE;
      }
    }
    while (high - low > 1) {
      int mid = low + (high - low) / 2;
      if (shows(mid, against, share, confidence)) {
        high = mid;
      } else {
        low = mid;
      }
    }
    return high;
  }

  private static boolean shows(int runs, int against, double share, double confidence) {
    return BinomialDistribution.atMost(runs, runs - against - 1, share) >= confidence;
  }

  /**
   * Which of n sorted values bounds a quantile from above with a confidence: the smallest rank r
   * with P(Bin(n, quantile) &lt; r) ≥ confidence.
   *
   * @return rank from 1, or 0 where n values are too few for any
   */
  public static int rankAbove(int runs, double quantile, double confidence) {
    BinomialDistribution.requireRuns(runs);
    requireFraction("quantile", quantile);
    requireFraction("confidence", confidence);
    for (int rank = 1; rank <= runs; rank++) {
      if (BinomialDistribution.atMost(runs, rank - 1, quantile) >= confidence) {
        return rank;
      }
    }
    return 0;
  }

  private static void require(int runs, int met) {
    BinomialDistribution.requireRuns(runs);
    if (met < 0 || met > runs) {
      throw new IllegalArgumentException(met + " of " + runs + " runs cannot have met");
    }
  }

  private static void requireFraction(String what, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(what + " must lie between 0 and 1, not " + value);
    }
  }
}
