package io.drillyard.evidence.text;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.check.repeat.RunSample;
import io.drillyard.declaration.Rpo;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures in words. A measured value is always written as the interval that it is. */
public final class FigureWords {
  /** Written where there is no figure. */
  public static final String NONE = "–";

  private FigureWords() {}

  /** A length of time: {@code 430 ms}, {@code 12.31 s}, {@code 3 min 12 s}. */
  public static String ms(double ms) {
    if (Double.isInfinite(ms)) {
      return "without end";
    }
    if (ms == 0) {
      return "0 s";
    }
    if (Math.abs(ms) < 10) {
      return trim(ms, 1) + " ms";
    }
    if (Math.abs(ms) < 1000) {
      return trim(ms, 0) + " ms";
    }
    if (Math.abs(ms) < 120_000) {
      return trim(ms / 1000, 2) + " s";
    }
    long seconds = Math.round(ms / 1000);
    String rest = seconds % 60 == 0 ? "" : " " + seconds % 60 + " s";
    return seconds / 60 + " min" + rest;
  }

  /** A declared length of time. */
  public static String duration(Duration duration) {
    return ms(duration.toNanos() / 1e6);
  }

  /** A declared RPO: {@code 0 transactions}, {@code 5 s}. */
  public static String rpo(Rpo rpo) {
    return switch (rpo) {
      case Rpo.Transactions t -> count(t.most(), "transaction");
      case Rpo.Time t -> duration(t.most());
    };
  }

  /** A number with its noun in the singular or plural. */
  public static String count(long n, String noun) {
    return String.format(Locale.ROOT, "%,d", n).replace(",", "\u202f")
        + " "
        + noun
        + (n == 1 ? "" : "s");
  }

  /** A measured interval with its unit. An end that was never seen is said, not invented. */
  public static String measured(Finding.@Nullable Measured m) {
    if (m == null) {
      return NONE;
    }
    if (Double.isInfinite(m.upper())) {
      return m.lower() == 0
          ? "not known"
          : "at least " + amount(m.lower(), m.unit()) + ", no end seen";
    }
    String low = amount(m.lower(), m.unit());
    String high = amount(m.upper(), m.unit());
    if (low.equals(high)) {
      return high;
    }
    int unit = high.indexOf(' ');
    boolean sameUnit =
        unit > 0
            && low.endsWith(high.substring(unit))
            && low.indexOf(' ') == low.length() - high.length() + unit;
    return (sameUnit ? low.substring(0, low.indexOf(' ')) : low) + " – " + high;
  }

  /** A run's interval with its unit; where nothing at all is known that is said. */
  public static String sample(RunSample s, String unit) {
    return measured(new Finding.Measured(s.lower(), s.upper(), null, unit));
  }

  /** An amount in its unit. */
  public static String amount(double value, String unit) {
    return switch (unit) {
      case "ms" -> ms(value);
      case "transactions" ->
          Double.isInfinite(value) ? "not known" : count(Math.round(value), "transaction");
      case "bytes" -> bytes(value);
      case "per-second" -> trim(value, 1) + " /s";
      default -> trim(value, 2);
    };
  }

  /**
   * What is left of the limit, at worst; or by how much it was missed, at best. Null where there is
   * no limit.
   */
  public static @Nullable String margin(Finding.@Nullable Measured m) {
    Double limit = m == null ? null : m.limit();
    if (m == null || limit == null) {
      return null;
    }
    if (m.upper() <= limit) {
      double left = limit - m.upper();
      return left == 0 ? "exactly met" : amount(left, m.unit()) + " left" + share(left, limit);
    }
    if (m.lower() > limit) {
      return "over by " + amount(m.lower() - limit, m.unit());
    }
    return "limit inside the interval";
  }

  /** A verdict as one word, as printed. */
  public static String verdict(Verdict verdict) {
    return verdict.name();
  }

  /** A camel-case name of a check or part in plain words: {@code recoveryTime: recovery time}. */
  public static String plain(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").replace('-', ' ').toLowerCase(Locale.ROOT);
  }

  /** A key as a heading: {@code jdk: JDK}, {@code userMode: User mode}. */
  public static String heading(String name) {
    String plain = plain(name);
    return plain.length() <= 3
        ? plain.toUpperCase(Locale.ROOT)
        : plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1);
  }

  private static String share(double left, double limit) {
    return limit > 0 ? String.format(Locale.ROOT, " (%.0f %%)", 100 * left / limit) : "";
  }

  private static String bytes(double bytes) {
    if (bytes < 10_000) {
      return count(Math.round(bytes), "byte");
    }
    return bytes < 1e7 ? trim(bytes / 1024, 1) + " KiB" : trim(bytes / (1024.0 * 1024), 1) + " MiB";
  }

  private static String trim(double value, int decimals) {
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.replaceAll("\\.0+$", "");
  }
}
