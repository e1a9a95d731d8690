package io.drillyard.evidence.picture;

/**
 * From the monotonic clock to pixels.
 *
 * @param zeroNs where the axis reads 0
 * @param fromNs left edge
 * @param toNs right edge, after {@code fromNs}
 * @param width in pixels
 */
record TimeScale(long zeroNs, long fromNs, long toNs, int width) {
  private static final double[] STEPS = {0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600};
  private static final int LEAST_TICK_PX = 58;

  TimeScale {
    toNs = Math.max(toNs, fromNs + 1_000_000_000L);
  }

  double x(long ns) {
    double share = (double) (ns - fromNs) / (toNs - fromNs);
    return Math.max(0, Math.min(width, share * width));
  }

  /** Seconds after zero. */
  double seconds(long ns) {
    return (ns - zeroNs) / 1e9;
  }

  boolean shows(long startNs, long endNs) {
    return endNs >= fromNs && startNs <= toNs;
  }

  /** Distance of the labelled ticks, in seconds. */
  double tickSeconds() {
    double perPixel = (toNs - fromNs) / 1e9 / width;
    for (double step : STEPS) {
      if (step / perPixel >= LEAST_TICK_PX) {
        return step;
      }
    }
    return Math.ceil(perPixel * LEAST_TICK_PX / 3600) * 3600;
  }

  /** Width of a bin of rates and latencies: a multiple of 250 ms, never narrower than 2 pixels. */
  long binNs() {
    long quarter = 250_000_000L;
    long perTwoPixels = 2 * (toNs - fromNs) / width;
    return quarter * Math.max(1, (perTwoPixels + quarter - 1) / quarter);
  }

  int bins() {
    return (int) ((toNs - fromNs + binNs() - 1) / binNs());
  }

  /** The bin that holds this moment, or -1. The last bin is whole, even where the edge cuts it. */
  int bin(long ns) {
    return ns < fromNs || ns >= fromNs + bins() * binNs() ? -1 : (int) ((ns - fromNs) / binNs());
  }
}
