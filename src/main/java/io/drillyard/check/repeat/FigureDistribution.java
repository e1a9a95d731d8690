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
public record FigureDistribution(
    String unit,
    @Nullable Double limit,
    List<RunSample> samples,
    RunSample p50,
    RunSample p95,
    RunSample max,
    @Nullable Double p95Bound) {
  /** The quantile that is reported beside the median. */
  public static final double HIGH = 0.95;

  /** Confidence of statements for which none was declared. */
  public static final double USUAL = 0.95;

  /** Copies the samples. */
  public FigureDistribution {
    samples = List.copyOf(samples);
  }

  /**
   * Of one sample per run.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static FigureDistribution of(
      String unit, @Nullable Double limit, List<RunSample> samples) {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("no run, no distribution");
    }
    int rank = ShareConfidence.rankAbove(samples.size(), HIGH, USUAL);
    Double bound = rank == 0 ? null : sorted(samples, RunSample::upper)[rank - 1];
    return new FigureDistribution(
        unit,
        limit,
        samples,
        quantile(samples, 0.5),
        quantile(samples, HIGH),
        quantile(samples, 1),
        bound == null || bound.isInfinite() ? null : bound);
  }

  /** The interval of a quantile, by nearest rank. */
  static RunSample quantile(List<RunSample> samples, double q) {
    int rank = Math.max(1, (int) Math.ceil(q * samples.size() - 1e-9));
    return new RunSample(
        sorted(samples, RunSample::lower)[rank - 1], sorted(samples, RunSample::upper)[rank - 1]);
  }

  private static double[] sorted(List<RunSample> samples, ToDoubleFunction<RunSample> end) {
    return samples.stream().mapToDouble(end).sorted().toArray();
  }
}
