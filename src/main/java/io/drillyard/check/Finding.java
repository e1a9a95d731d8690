package io.drillyard.check;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one check found.
 *
 * @param check its name as in the issue list and the evidence, e.g. {@code recoveryTime}
 * @param code why the verdict is what it is, in a short word that outlives rewording, e.g. {@code
 *     service-back}; null for a rung of a restore test, and in records of older formats
 * @param target the declared target in words, or null where there is none
 * @param measured the measured interval, or null where nothing is measured
 * @param summary one sentence for a person; empty in a stored record
 * @param details further sentences, most important first (at most a few hundred); none in a stored
 *     record
 * @param parts named measured parts, e.g. detected, promoted, routed; insertion order is kept
 */
public record Finding(
    String check,
    Verdict verdict,
    @Nullable String code,
    @Nullable String target,
    @Nullable Measured measured,
    String summary,
    List<String> details,
    Map<String, Measured> parts) {

  /** Stored records hold no sentences. */
  public Finding {
    summary = Objects.requireNonNullElse(summary, "");
    details = Objects.requireNonNullElse(details, List.of());
  }

  /** One whose reason has no code. */
  public Finding(
      String check,
      Verdict verdict,
      @Nullable String target,
      @Nullable Measured measured,
      String summary,
      List<String> details,
      Map<String, Measured> parts) {
    this(check, verdict, null, target, measured, summary, details, parts);
  }

  /**
   * A measured value lies somewhere in [lower, upper].
   *
   * @param limit the declared limit in the same unit, or null where none is declared
   * @param unit {@code ms}, {@code transactions}, {@code bytes}, {@code count}
   */
  public record Measured(double lower, double upper, @Nullable Double limit, String unit) {
    /** What the interval alone says against its limit: inside means undecided, and so does none. */
    public Verdict against() {
      if (limit == null) {
        return Verdict.UNDETERMINED;
      }
      if (upper <= limit) {
        return Verdict.MET;
      }
      return lower > limit ? Verdict.MISSED : Verdict.UNDETERMINED;
    }
  }
}
