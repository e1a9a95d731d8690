package io.drillyard.declaration;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a declared value means, in whatever spelling it is written. */
public final class DeclaredValue {
  private static final int[] VERSIONS = {17, 15};

  private DeclaredValue() {}

  /**
   * True when both mean the same: to PostgreSQL where it is a parameter of its, and otherwise as
   * YAML and Patroni read words.
   *
   * @param name of the setting
   */
  public static boolean same(String name, String asked, String effective) {
    PostgresParameter parameter = parameter(name);
    return parameter == null
        ? plain(asked).equals(plain(effective))
        : parameter.same(asked, effective);
  }

  /**
   * A value as a number of its parameter's unit, as PostgreSQL reads it; null when it is none, or
   * PostgreSQL has no such parameter.
   *
   * @param name of the setting
   */
  public static @Nullable BigDecimal amount(String name, String value) {
    PostgresParameter parameter = parameter(name);
    return parameter == null ? null : parameter.amount(value);
  }

  private static @Nullable PostgresParameter parameter(String name) {
    for (int version : VERSIONS) {
      PostgresParameter parameter = PostgresParameters.of(version).find(name);
      if (parameter != null) {
        return parameter;
      }
    }
    return null;
  }

  private static String plain(String value) {
    String word = value.replace("'", "").strip().toLowerCase(Locale.ROOT);
    return switch (word) {
      case "true", "yes", "1" -> "on";
      case "false", "no", "0" -> "off";
      default -> word;
    };
  }
}
