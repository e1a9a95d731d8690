package io.drillyard.declaration;

import java.util.Locale;

/** Whether what is in effect is what was asked for, in whatever spelling either is written. */
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
    for (int version : VERSIONS) {
      PostgresParameter parameter = PostgresParameters.of(version).find(name);
      if (parameter != null) {
        return parameter.same(asked, effective);
      }
    }
    return plain(asked).equals(plain(effective));
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
