package io.drillyard.declaration;

import java.math.BigDecimal;

/**
 * The share of cases that must keep a target, and how sure that must be.
 *
 * @param least share, strictly between 0 and 1
 * @param confidence strictly between 0 and 1; below one half it would say nothing
 */
public record Share(double least, double confidence) {
  /** Confidence where a share is declared without one. */
  public static final double USUAL_CONFIDENCE = 0.95;

  /** Refuses what is no share. */
  public Share {
    if (!(least > 0 && least < 1)) {
      throw new IllegalArgumentException("a share must lie between 0 and 1, not " + least);
    }
    if (!(confidence >= 0.5 && confidence < 1)) {
      throw new IllegalArgumentException(
          "a confidence must be at least one half and below 1, not " + confidence);
    }
  }

  /**
   * Reads {@code 95 %}, {@code 99.9%} as a fraction.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static double fraction(String text) {
    String digits = text.endsWith("%") ? text.substring(0, text.length() - 1).strip() : "";
    if (!digits.matches("[0-9]{1,2}(\\.[0-9]{1,4})?")) {
      throw new IllegalArgumentException("'" + text + "' is no percentage below 100 %");
    }
    return new BigDecimal(digits).movePointLeft(2).doubleValue();
  }

  /** A fraction as it stands in files: {@code 95 %}. Exact to six decimals of a percent. */
  public static String percent(double fraction) {
    BigDecimal percent = BigDecimal.valueOf(fraction).movePointRight(2);
    return percent
            .setScale(6, java.math.RoundingMode.HALF_EVEN)
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }

  /** In words: {@code 95 % of cases at 95 % confidence}. */
  public String words() {
    return percent(least) + " of cases at " + percent(confidence) + " confidence";
  }
}
