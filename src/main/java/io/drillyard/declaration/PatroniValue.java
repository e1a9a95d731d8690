package io.drillyard.declaration;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How Patroni reads a value of its configuration, quoted or not (patroni/utils.py). */
public final class PatroniValue {
  private static final Set<String> ON = Set.of("on", "true", "yes", "1");
  private static final Set<String> OFF = Set.of("off", "false", "no", "0");

  private PatroniValue() {}

  /** True of a word for yes; null and anything else is none. */
  public static boolean on(@Nullable Object value) {
    return ON.contains(word(value));
  }

  /** True of a word for yes or for no. */
  static boolean isSwitch(@Nullable Object value) {
    return on(value) || OFF.contains(word(value));
  }

  /** True of a {@code synchronous_mode} in which commits wait for a standby. */
  public static boolean synchronous(@Nullable Object mode) {
    return on(mode) || word(mode).equals("quorum");
  }

  /** A whole number; null when it is none. */
  public static @Nullable Long whole(@Nullable Object value) {
    String word = word(value);
    return word.matches("[+-]?[0-9]{1,18}") ? (Long) Long.parseLong(word) : null;
  }

  private static String word(@Nullable Object value) {
    return String.valueOf(value).strip().toLowerCase(Locale.ROOT);
  }
}
