package io.drillyard.check.backup;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an SQL assertion expects: a value, or a comparison with a number. */
public final class AssertionExpectation {
  private static final Pattern COMPARISON = Pattern.compile("(<=|>=|<>|<|>|=)\\s*(-?[0-9.]+)");

  private AssertionExpectation() {}

  /**
   * Whether an answer is as expected; an answer that is no number fulfils no comparison.
   *
   * @param expected such as {@code > 0} or {@code t}
   */
  public static boolean met(String expected, String answer) {
    Matcher comparison = COMPARISON.matcher(expected.strip());
    if (!comparison.matches()) {
      return expected.strip().equals(answer.strip());
    }
    BigDecimal value;
    BigDecimal limit;
    try {
      value = new BigDecimal(answer.strip());
      limit = new BigDecimal(comparison.group(2));
    } catch (NumberFormatException e) {
      return false;
    }
    int order = value.compareTo(limit);
    return switch (comparison.group(1)) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      case "<>" -> order != 0;
      default -> order == 0;
    };
  }
}
