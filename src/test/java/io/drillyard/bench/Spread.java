package io.drillyard.bench;

import java.util.Collection;
import java.util.List;

/**
 * Samples of one figure, sorted.
 *
 * @param samples ascending
 */
record Spread(List<Double> samples) {
  static Spread of(Collection<Double> samples) {
    return new Spread(samples.stream().sorted().toList());
  }

  int n() {
    return samples.size();
  }

  double median() {
    int middle = samples.size() / 2;
    return samples.size() % 2 == 1
        ? samples.get(middle)
        : (samples.get(middle - 1) + samples.get(middle)) / 2;
  }

  double min() {
    return samples.get(0);
  }

  double max() {
    return samples.get(samples.size() - 1);
  }

  /** The smallest sample that at least this share (0 to 1) does not exceed. */
  double quantile(double share) {
    int rank = (int) Math.ceil(share * samples.size());
    return samples.get(Math.max(0, Math.min(samples.size() - 1, rank - 1)));
  }
}
