package io.drillyard.check.backup;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import java.time.Duration;
import java.util.Map;

/**
 * What the time of a restore is made of.
 *
 * @param takenMs what other work on the machine may have taken of it, at the most
 * @param partsMs by name, in order
 * @param bytes that were copied
 */
public record RestoreTimeLook(double takenMs, Map<String, Double> partsMs, long bytes)
    implements RungLook {
  @Override
  public Finding judge(RungLooks test) {
    boolean passed = RestoreRungResult.of(test.climbed()) == Verdict.MET;
    double endMs =
        test.climbed().stream()
            .filter(c -> c.required() && c.tried())
            .mapToDouble(c -> c.startMs() + c.durationMs())
            .max()
            .orElse(0);
    return RestoreDuration.judge(
        passed,
        endMs,
        Duration.ofNanos((long) (takenMs * 1e6)),
        test.terms().rto(),
        partsMs,
        bytes);
  }
}
