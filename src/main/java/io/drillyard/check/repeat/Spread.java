package io.drillyard.check.repeat;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The distribution of a figure over repeats. Each quantile is an interval: the quantile of the
 * lower ends and that of the upper ones, by nearest rank (the ⌈q·n⌉-th smallest), so that it is
 * always a value that was measured. A claim that a target is met uses the upper end, one that it is
 * missed the lower.
 *
 * @param unit as of {@link io.drillyard.check.Finding.Measured}
 * @param limit declared, in that unit, or null
 * @param samples one per run, in the order of the runs
 * @param p50 median
 * @param p95 95th percentile; with fewer than 20 runs that is the largest
 * @param max largest
 * @param p95Bound upper bound of the true 95th percentile with 95 % confidence; null: too few runs
 */
public record Spread(
    String unit,
    @Nullable Double limit,
    List<Sample> samples,
    Sample p50,
    Sample p95,
    Sample max,
    @Nullable Double p95Bound) {
  /** The quantile that is reported beside the median. */
  public static final double HIGH = 0.95;

  /** Confidence of statements for which none was declared. */
  public static final double USUAL = 0.95;

  /** Copies the samples. */
  public Spread {
    samples = List.copyOf(samples);
  }

  /**
   * Of one sample per run.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Spread of(String unit, @Nullable Double limit, List<Sample> samples) {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("no run, no distribution");
    }
    int rank = Confidence.rankAbove(samples.size(), HIGH, USUAL);
    Double bound = rank == 0 ? null : sorted(samples, Sample::upper)[rank - 1];
    return new Spread(
        unit,
        limit,
        samples,
        quantile(samples, 0.5),
        quantile(samples, HIGH),
        quantile(samples, 1),
        bound == null || bound.isInfinite() ? null : bound);
  }

  /** The interval of a quantile, by nearest rank. */
  static Sample quantile(List<Sample> samples, double q) {
    int rank = Math.max(1, (int) Math.ceil(q * samples.size() - 1e-9));
    return new Sample(
        sorted(samples, Sample::lower)[rank - 1], sorted(samples, Sample::upper)[rank - 1]);
  }

  private static double[] sorted(List<Sample> samples, ToDoubleFunction<Sample> end) {
    return samples.stream().mapToDouble(end).sorted().toArray();
  }
}
