package io.drillyard.declaration;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of PostgreSQL, and how it reads a value: numbers with units (powers of 1024 for
 * sizes), booleans by any beginning that is clear, enumerations in any case (PostgreSQL's manual,
 * "Parameter Names and Values"; src/backend/utils/misc/guc.c, convert_to_base_unit).
 *
 * @param name in PostgreSQL's own spelling
 * @param type {@code bool}, {@code integer}, {@code real}, {@code enum} or {@code string}
 * @param unit that a bare number counts, such as {@code 8kB} or {@code ms}; empty: none
 * @param least in that unit; null: no numbers
 * @param most in that unit; null: no numbers
 * @param values of an enumeration
 * @param internal it can only be read
 */
public record PostgresParameter(
    String name,
    String type,
    String unit,
    @Nullable BigDecimal least,
    @Nullable BigDecimal most,
    List<String> values,
    boolean internal) {
  private static final Pattern NUMBER =
      Pattern.compile(
          " *([+-]?(?:0[xX][0-9A-Fa-f]{1,15}|[0-9]{1,25}(?:\\.[0-9]{0,25})?|\\.[0-9]{1,25})(?:[eE][+-]?[0-9]{1,2})?) *([A-Za-z]*) *");

  /** Bytes. */
  private static final Map<String, Long> SIZES =
      Map.of("B", 1L, "kB", 1L << 10, "MB", 1L << 20, "GB", 1L << 30, "TB", 1L << 40);

  /** Microseconds. */
  private static final Map<String, Long> TIMES =
      Map.of(
          "us",
          1L,
          "ms",
          1_000L,
          "s",
          1_000_000L,
          "min",
          60_000_000L,
          "h",
          3_600_000_000L,
          "d",
          86_400_000_000L);

  private static final Pattern UNIT = Pattern.compile("([0-9]*)([A-Za-z]+)");

  /** Spellings that {@code pg_settings} does not list, or shows as another: guc_tables.c. */
  private static final Map<String, Map<String, String>> ALIASES =
      Map.of(
          "wal_level", Map.of("archive", "replica", "hot_standby", "replica"),
          "wal_compression", Map.of("on", "pglz"));

  static PostgresParameter parse(String line) {
    List<String> words = List.of(line.split(",", -1));
    return new PostgresParameter(
        words.get(0),
        words.get(1),
        words.get(2),
        number(words.get(3)),
        number(words.get(4)),
        words.get(5).isEmpty() ? List.of() : List.of(words.get(5).split("\\|")),
        words.get(6).equals("internal"));
  }

  private static @Nullable BigDecimal number(String text) {
    return text.isEmpty() ? null : new BigDecimal(text);
  }

  /**
   * Why PostgreSQL would not take a value; null when it would. A number out of range is another
   * matter: {@link #clamped}.
   */
  public @Nullable String refusal(String raw) {
    return switch (type) {
      case "bool" -> bool(raw) == null ? "'%s' is neither on nor off".formatted(raw) : null;
      case "integer", "real" -> number(raw, unit) == null ? notANumber(raw) : null;
      case "enum" ->
          known(raw) ? null : "'%s' is none of %s".formatted(raw, String.join(", ", values));
      default -> null;
    };
  }

  private String notANumber(String raw) {
    Matcher form = NUMBER.matcher(raw);
    if (!form.matches() || form.group(2).isEmpty()) {
      return "'%s' is no number".formatted(raw);
    }
    if (unit.isEmpty()) {
      return "'%s': it has no unit".formatted(raw);
    }
    boolean size = SIZES.containsKey(UNIT.matcher(unit).replaceFirst("$2"));
    return "'%s': its units are %s"
        .formatted(raw, size ? "B, kB, MB, GB and TB" : "us, ms, s, min, h and d");
  }

  private boolean known(String raw) {
    return values.contains(word(raw));
  }

  /** An enumeration's value in its own spelling; those that were booleans once take their words. */
  private String word(String raw) {
    String word = raw.strip();
    for (String value : values) {
      if (value.equalsIgnoreCase(word)) {
        return alias(value);
      }
    }
    Boolean bool = values.contains("on") ? bool(word) : null;
    return alias(bool == null ? word.toLowerCase(Locale.ROOT) : bool ? "on" : "off");
  }

  private String alias(String value) {
    return ALIASES.getOrDefault(name, Map.of()).getOrDefault(value, value);
  }

  /** The end of the range that a number lies beyond, with its unit; null when it lies within. */
  public @Nullable String clamped(String raw) {
    BigDecimal value = number(raw, unit);
    BigDecimal low = least;
    BigDecimal high = most;
    if (value == null || low == null || high == null) {
      return null;
    }
    BigDecimal end = null;
    if (value.compareTo(low) < 0) {
      end = low;
    } else if (value.compareTo(high) > 0) {
      end = high;
    }
    return end == null ? null : end.toPlainString() + unitWords();
  }

  private String unitWords() {
    return unit.isEmpty() ? "" : " (in " + unit + ")";
  }

  /** A value as a number of this parameter's unit; null when it is none. */
  public @Nullable BigDecimal amount(String raw) {
    return number(raw, unit);
  }

  /** True when two spellings mean the same to PostgreSQL. */
  public boolean same(String one, String other) {
    return meaning(one).equals(meaning(other));
  }

  private String meaning(String raw) {
    String word = raw.strip();
    switch (type) {
      case "bool" -> {
        Boolean bool = bool(word);
        return bool == null ? word : bool.toString();
      }
      case "integer", "real" -> {
        BigDecimal number = number(word, unit);
        return number == null ? word : number.stripTrailingZeros().toPlainString();
      }
      case "enum" -> {
        return word(word);
      }
      default -> {
        return strings(word);
      }
    }
  }

  /** Lists may have blanks and quotes between their elements. */
  private static String strings(String raw) {
    return raw.replaceAll(" *, *", ",").replaceAll("\"([a-z0-9_$./-]+)\"", "$1");
  }

  private @Nullable BigDecimal number(String raw, String into) {
    Matcher form = NUMBER.matcher(raw);
    if (!form.matches()) {
      return null;
    }
    BigDecimal value = value(form.group(1));
    if (value == null) {
      return null;
    }
    BigDecimal amount = value;
    if (!form.group(2).isEmpty()) {
      amount = converted(value, form.group(2), into);
    }
    return amount == null || type.equals("real")
        ? amount
        : amount.setScale(0, RoundingMode.HALF_EVEN);
  }

  /** As C reads it: 0x is hexadecimal, and a leading 0 octal, as in log_file_mode. */
  private @Nullable BigDecimal value(String digits) {
    String bare = digits.replaceFirst("^[+-]", "");
    BigDecimal sign = digits.startsWith("-") ? BigDecimal.ONE.negate() : BigDecimal.ONE;
    if (bare.matches("0[xX].*")) {
      return new BigDecimal(new BigInteger(bare.substring(2), 16)).multiply(sign);
    }
    if (type.equals("integer") && bare.matches("0[0-9]+")) {
      return bare.matches("[0-7]+") ? new BigDecimal(new BigInteger(bare, 8)).multiply(sign) : null;
    }
    return new BigDecimal(digits.endsWith(".") ? digits + "0" : digits);
  }

  private static @Nullable BigDecimal converted(BigDecimal value, String unit, String into) {
    Matcher base = UNIT.matcher(into);
    if (!base.matches()) {
      return null;
    }
    Map<String, Long> table = SIZES.containsKey(base.group(2)) ? SIZES : TIMES;
    Long from = table.get(unit);
    Long to = table.get(base.group(2));
    if (from == null || to == null) {
      return null;
    }
    long count = base.group(1).isEmpty() ? 1 : Long.parseLong(base.group(1));
    return value
        .multiply(BigDecimal.valueOf(from))
        .divide(BigDecimal.valueOf(to * count), 12, RoundingMode.HALF_EVEN);
  }

  /** As PostgreSQL reads it: any beginning of a word that is clear; null is none. */
  public static @Nullable Boolean bool(String raw) {
    String word = raw.strip().toLowerCase(Locale.ROOT);
    if (word.isEmpty()) {
      return null;
    }
    if (Set.of("on", "1").contains(word) || "true".startsWith(word) || "yes".startsWith(word)) {
      return true;
    }
    boolean off =
        Set.of("off", "of", "0").contains(word)
            || "false".startsWith(word)
            || "no".startsWith(word);
    return off ? Boolean.FALSE : null;
  }
}
