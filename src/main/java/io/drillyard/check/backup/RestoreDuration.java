package io.drillyard.check.backup;

import io.drillyard.check.Finding;
import io.drillyard.check.Finding.Measured;
import io.drillyard.check.Verdict;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long it took from the order to a database that passed its required rungs. What other work on
 * the machine may have taken is off the lower end: a busy machine leaves the time undetermined, and
 * is never a miss.
 */
public final class RestoreDuration {
  private static final String UNIT = "ms";

  private RestoreDuration() {}

  /**
   * Judges.
   *
   * @param passed true if every required rung was met
   * @param endMs milliseconds from the order to the end of the last required rung
   * @param taken by how much others may have held the test up, at the most
   * @param limit the declared RTO; null: none
   * @param parts milliseconds by name, in order; {@code copy} is the copy of the backup
   * @param bytes that were copied
   */
  public static Finding judge(
      boolean passed,
      double endMs,
      Duration taken,
      @Nullable Duration limit,
      Map<String, Double> parts,
      long bytes) {
    String target = limit == null ? null : "at most " + limit.toSeconds() + " s";
    if (!passed) {
      return new Finding(
          Rung.RECOVERY_TIME.check(),
          Verdict.UNDETERMINED,
          target,
          null,
          "No database passed its required rungs: there is no time to state.",
          List.of(),
          Map.of());
    }
    Double limitMs = limit == null ? null : limit.toNanos() / 1e6;
    double takenMs = Math.min(endMs, Math.max(0, taken.toNanos() / 1e6));
    Measured measured = new Measured(endMs - takenMs, endMs, limitMs, UNIT);
    Map<String, Measured> named = new LinkedHashMap<>();
    parts.forEach((part, ms) -> named.put(part, new Measured(ms, ms, null, UNIT)));
    Double copyMs = parts.get("copy");
    String speed =
        copyMs == null || copyMs <= 0
            ? ""
            : " The copy ran at %.1f MiB/s.".formatted(bytes / 1048576.0 / (copyMs / 1e3));
    Verdict verdict = limit == null ? Verdict.UNDETERMINED : measured.against();
    boolean decides = limit != null && verdict == Verdict.UNDETERMINED;
    if (decides) {
      named.put("other work on this machine", new Measured(0, takenMs, null, UNIT));
    }
    return new Finding(
        Rung.RECOVERY_TIME.check(),
        verdict,
        target,
        measured,
        "%.2f s from the order to a database that passed its required rungs.%s%s"
            .formatted(endMs / 1e3, speed, decides ? remedy(takenMs) : ""),
        List.of(),
        named);
  }

  private static String remedy(double takenMs) {
    return " Other work on this machine may have taken %.1f s of it. Remedy: test where little else runs."
        .formatted(takenMs / 1e3);
  }
}
