package io.drillyard.bench;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table.
 *
 * @param target in words, {@code –} for none
 * @param prototype what the shell prototype reached; {@code –} when it was not measured there
 * @param verdict {@code ok}, {@code NOT}, {@code open} (the noise is wider than the target) or
 *     {@code –}
 */
record Figure(
    String name, String target, String prototype, String unit, Spread spread, String verdict) {

  /** One whose median must not exceed a limit. */
  static Figure atMost(
      String name, String unit, double limit, @Nullable String prototype, Spread spread) {
    return new Figure(
        name,
        "≤ " + number(limit),
        prototype == null ? "–" : prototype,
        unit,
        spread,
        spread.median() <= limit ? "ok" : "NOT");
  }

  /** One whose every sample must reach a limit. */
  static Figure atLeast(String name, String unit, double limit, Spread spread) {
    return new Figure(
        name, "≥ " + number(limit), "–", unit, spread, spread.min() >= limit ? "ok" : "NOT");
  }

  /**
   * One that must lie below a limit, proved against the noise: open when the middle 95 % of the
   * draws of a bootstrap reach over the limit.
   */
  static Figure provedBelow(String name, String unit, double limit, Spread spread) {
    String verdict =
        spread.quantile(0.975) < limit ? "ok" : spread.quantile(0.025) >= limit ? "NOT" : "open";
    return new Figure(name, "< " + number(limit), "–", unit, spread, verdict);
  }

  /** One that is only told. */
  static Figure told(String name, String unit, Spread spread) {
    return new Figure(name, "–", "–", unit, spread, "–");
  }

  static final String HEADING =
      """
      | figure | unit | target | prototype | n | median | min | max | |
      |---|---|---|---|---|---|---|---|---|
      """;

  String row() {
    return "| %s | %s | %s | [%s] | %d | **%s** | %s | %s | %s |\n"
        .formatted(
            name,
            unit,
            target,
            prototype,
            spread.n(),
            number(spread.median()),
            number(spread.min()),
            number(spread.max()),
            verdict);
  }

  private static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 1000 ? "%,.0f" : size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
    String text = String.format(Locale.ROOT, format, value);
    return text.contains(".") ? text.replaceFirst("0+$", "").replaceFirst("\\.$", "") : text;
  }
}
