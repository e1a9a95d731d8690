package io.drillyard.declaration;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as they stand in files: {@code 512KiB}, {@code 256MiB}, {@code 1GiB}. */
public final class ByteSizes {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})(KiB|MiB|GiB)");
  private static final Map<String, Integer> SHIFT = Map.of("KiB", 10, "MiB", 20, "GiB", 30);

  private ByteSizes() {}

  /**
   * Bytes.
   *
   * @throws IllegalArgumentException if the text is not a size above zero
   */
  public static long parse(String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a size such as 256MiB");
    }
    return Long.parseLong(m.group(1)) << SHIFT.getOrDefault(m.group(2), 0);
  }

  /** The shortest text: whole GiB, else whole MiB, else KiB rounded down. */
  public static String format(long bytes) {
    for (String unit : new String[] {"GiB", "MiB"}) {
      int shift = SHIFT.getOrDefault(unit, 0);
      if (bytes > 0 && bytes == bytes >> shift << shift) {
        return (bytes >> shift) + unit;
      }
    }
    return (bytes >> 10) + "KiB";
  }
}
