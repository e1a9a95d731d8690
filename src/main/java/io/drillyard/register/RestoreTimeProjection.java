package io.drillyard.register;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.RestoreRungResult;
import io.drillyard.check.backup.Rung;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.RestoreTest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long a restore of a size would take, by the tests that proved a backup: a straight line by
 * least squares (time = base + size × slope, neither below zero). Its error is what it would have
 * been for the runs themselves: each is projected from all others (leave-one-out), and the largest
 * difference counts.
 *
 * @param bytes of the restored files that were asked for
 * @param expectedMs from the order to a database that passed its required rungs
 * @param errorMs largest difference of a run from what the others project for it
 * @param runs that it rests on
 * @param fromBytes smallest restored size among them
 * @param toBytes largest restored size among them
 */
public record RestoreTimeProjection(
    long bytes, double expectedMs, double errorMs, int runs, long fromBytes, long toBytes) {
  /** Fewer runs say nothing about their own error. */
  public static final int FEWEST = 3;

  /** Sizes that differ less give a line no direction. */
  private static final double SPREAD = 1.5;

  /** What one run measured. */
  public record Point(double bytes, double ms) {}

  /**
   * Projects.
   *
   * @param bytes 0: those of the newest test
   * @return null when too few tests of that policy proved a backup
   */
  public static @Nullable RestoreTimeProjection of(String policy, List<Evidence> runs, long bytes) {
    List<Point> points = new ArrayList<>();
    for (Evidence run : runs) {
      for (RestoreTest test : run.plainTests()) {
        RestoreRungResult rto = test.rung(Rung.RECOVERY_TIME);
        Finding.Measured time = rto == null ? null : rto.finding().measured();
        if (test.policy().equals(policy)
            && test.verdict() == Verdict.MET
            && test.restoredBytes() > 0
            && time != null) {
          points.add(new Point(test.restoredBytes(), time.upper()));
        }
      }
    }
    return points.size() < FEWEST ? null : project(points, bytes);
  }

  /**
   * Projects from points, of which there is at least one.
   *
   * @param asked bytes; 0: those of the last point
   */
  public static RestoreTimeProjection project(List<Point> points, long asked) {
    double wanted = asked > 0 ? asked : points.getLast().bytes();
    double error = 0;
    for (int out = 0; out < points.size(); out++) {
      List<Point> others = new ArrayList<>(points);
      Point left = others.remove(out);
      error = Math.max(error, Math.abs(line(others, left.bytes()) - left.ms()));
    }
    return new RestoreTimeProjection(
        (long) wanted,
        line(points, wanted),
        error,
        points.size(),
        (long) points.stream().mapToDouble(Point::bytes).min().orElse(0),
        (long) points.stream().mapToDouble(Point::bytes).max().orElse(0));
  }

  private static double line(List<Point> points, double at) {
    double meanBytes = points.stream().mapToDouble(Point::bytes).average().orElse(0);
    double meanMs = points.stream().mapToDouble(Point::ms).average().orElse(0);
    double least = points.stream().mapToDouble(Point::bytes).min().orElse(0);
    double most = points.stream().mapToDouble(Point::bytes).max().orElse(0);
    if (most < least * SPREAD) {
      // One size alone: within its neighbourhood its mean, beyond it in proportion.
      return most <= at * SPREAD && at <= most * SPREAD ? meanMs : meanMs * at / meanBytes;
    }
    double products = 0;
    double squares = 0;
    for (Point point : points) {
      products += (point.bytes() - meanBytes) * (point.ms() - meanMs);
      squares += (point.bytes() - meanBytes) * (point.bytes() - meanBytes);
    }
    double slope = Math.max(0, products / squares);
    double base = Math.max(0, meanMs - slope * meanBytes);
    return base + slope * at;
  }

  /** True when it goes beyond twice the sizes that it rests on: a guess, and to be called one. */
  public boolean farOut() {
    return bytes > 2 * toBytes || bytes < fromBytes / 2;
  }
}
