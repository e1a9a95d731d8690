package io.drillyard.bench;

import java.util.Arrays;
import java.util.Collection;

/**
 * Samples of one figure, sorted.
 *
 * @param samples ascending
 */
record Spread(double[] samples) {
  static Spread of(Collection<Double> samples) {
    return new Spread(samples.stream().mapToDouble(Double::doubleValue).sorted().toArray());
  }

  int n() {
    return samples.length;
  }

  double median() {
    int middle = samples.length / 2;
    return samples.length % 2 == 1 ? samples[middle] : (samples[middle - 1] + samples[middle]) / 2;
  }

  double min() {
    return samples[0];
  }

  double max() {
    return samples[samples.length - 1];
  }

  /** The smallest sample that at least this share (0 to 1) does not exceed. */
  double quantile(double share) {
    int rank = (int) Math.ceil(share * samples.length);
    return samples[Math.max(0, Math.min(samples.length - 1, rank - 1))];
  }

  /**
   * The interval between two samples that covers the true median with at least 95 % (sign test); of
   * fewer than six samples the whole range, which covers less.
   */
  Spread medianWithin() {
    int n = samples.length;
    double tail = 0;
    double term = Math.pow(0.5, n);
    int cut = 0;
    for (int k = 0; k < n / 2; k++) {
      tail += term;
      if (tail > 0.025) {
        break;
      }
      cut = k + 1;
      term = term * (n - k) / (k + 1);
    }
    int low = Math.max(0, cut - 1);
    return new Spread(Arrays.copyOfRange(samples, low, n - low));
  }
}
