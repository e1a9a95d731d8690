package io.drillyard.check;

import io.drillyard.check.Finding.Measured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A finding while it is being put together. */
final class FindingBuilder {
  /** More sentences than this help nobody. */
  static final int DETAILS_MAX = 200;

  private final String check;
  private final @Nullable String target;
  private @Nullable Measured measured;
  private final List<String> details = new ArrayList<>();
  private final Map<String, Measured> parts = new LinkedHashMap<>();

  FindingBuilder(String check, @Nullable String target) {
    this.check = check;
    this.target = target;
  }

  FindingBuilder measured(Measured value) {
    measured = value;
    return this;
  }

  FindingBuilder detail(String sentence) {
    if (details.size() < DETAILS_MAX) {
      details.add(sentence);
    }
    return this;
  }

  FindingBuilder details(List<String> sentences) {
    sentences.forEach(this::detail);
    return this;
  }

  FindingBuilder part(String name, Measured value) {
    parts.put(name, value);
    return this;
  }

  FindingBuilder count(String name, long value) {
    return part(name, new Measured(value, value, null, "count"));
  }

  Finding met(String code, String summary) {
    return as(Verdict.MET, code, summary);
  }

  Finding missed(String code, String summary) {
    return as(Verdict.MISSED, code, summary);
  }

  Finding undetermined(String code, String summary) {
    return as(Verdict.UNDETERMINED, code, summary);
  }

  /**
   * The finding.
   *
   * @param code why, in a short word that stays the same when the sentence is reworded: records
   *     keep it, and no sentence
   */
  Finding as(Verdict verdict, String code, String summary) {
    // Not Map.copyOf: the parts' order is for the reader.
    Map<String, Measured> kept = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    return new Finding(check, verdict, code, target, measured, summary, List.copyOf(details), kept);
  }

  /** A measured interval against its limit: inside means undecided. */
  static Verdict against(Measured measured) {
    return measured.against();
  }

  /** An interval of nanoseconds, in milliseconds; what lies below zero is cut off. */
  static Measured ms(long lowerNs, long upperNs, @Nullable Duration limit) {
    Double limitMs = limit == null ? null : limit.toNanos() / 1e6;
    return new Measured(Math.max(0, lowerNs) / 1e6, Math.max(0, upperNs) / 1e6, limitMs, "ms");
  }

  /** For a person: {@code 12.3 s}. */
  static String seconds(double ms) {
    return String.format(java.util.Locale.ROOT, "%.3f s", ms / 1e3);
  }
}
