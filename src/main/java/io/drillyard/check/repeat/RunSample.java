package io.drillyard.check.repeat;

/**
 * One run's figure: the true value lies in [lower, upper].
 *
 * @param lower not negative, finite; 0 where nothing is known
 * @param upper not below lower; infinite where no end was seen or the run proves none
 */
public record RunSample(double lower, double upper) {
  /** Of a run that says nothing about the figure. */
  public static final RunSample UNKNOWN = new RunSample(0, Double.POSITIVE_INFINITY);

  /** Refuses what is no interval. */
  public RunSample {
    if (!(lower >= 0) || Double.isInfinite(lower) || !(upper >= lower)) {
      throw new IllegalArgumentException("no interval: [" + lower + ", " + upper + "]");
    }
  }
}
