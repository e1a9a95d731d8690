package io.drillyard.play.restore;

import io.drillyard.repository.Repository;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Whether the way to a store is slow, by the largest object that it holds. */
final class SlowLineLook {
  /** How fast answers of a slow line come. */
  private static final long BYTES_PER_SECOND = 2 << 20;

  /** The limit is enforced second by second: an answer may come a little ahead of it. */
  private static final double SLACK = 1.5;

  private static final double TIMES_SLOWER = 3;

  /** The quickest of so many looks is what the usual way can do; a busy machine is no slow line. */
  private static final int LOOKS = 3;

  private SlowLineLook() {}

  /** What shows that it is; null when nothing does. */
  static @Nullable String words(RestoreTestStage stage) {
    Map.Entry<String, Long> largest =
        stage.usual().vault().sizes().entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .orElseThrow();
    double usual =
        DoubleStream.generate(() -> seconds(stage.reader().usual(), largest.getKey()))
            .limit(LOOKS)
            .min()
            .orElseThrow();
    double slowly = seconds(stage.reader().now(), largest.getKey());
    double rate = largest.getValue() / slowly;
    return slowly >= usual * TIMES_SLOWER && rate <= BYTES_PER_SECOND * SLACK
        ? "%s, %,d bytes, came in %.2f s, at %.2f MiB/s; the usual way in %.2f s"
            .formatted(largest.getKey(), largest.getValue(), slowly, rate / (1 << 20), usual)
        : null;
  }

  /** How long an object takes by a connection that stands already. */
  private static double seconds(Repository view, String key) {
    view.reach();
    long start = System.nanoTime();
    view.digest(key);
    return (System.nanoTime() - start) / 1e9;
  }
}
