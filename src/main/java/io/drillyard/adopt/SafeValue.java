package io.drillyard.adopt;

import io.drillyard.declaration.PostgresParameter;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What may be written into a file that leaves the site. Whatever is not known to be a number, a
 * word of a list or a plain name could be an address or a secret, and is not.
 */
final class SafeValue {
  private static final Pattern NUMBER =
      Pattern.compile("-?[0-9]{1,12}(\\.[0-9]{1,6})? ?(B|kB|MB|GB|TB|us|ms|s|min|h|d)?");
  private static final Pattern SWITCH =
      Pattern.compile("on|off|true|false|yes|no|y|n|none|all|top", Pattern.CASE_INSENSITIVE);

  /** Texts of PostgreSQL's whose values are words, forms or paths, and never say who or where. */
  private static final Set<String> PLAIN_TEXTS =
      Set.of(
          "shared_preload_libraries",
          "session_preload_libraries",
          "local_preload_libraries",
          "DateStyle",
          "TimeZone",
          "log_timezone",
          "lc_messages",
          "lc_monetary",
          "lc_numeric",
          "lc_time",
          "log_destination",
          "log_filename",
          "log_line_prefix",
          "log_directory",
          "default_text_search_config",
          "ssl_ciphers",
          "ssl_ecdh_curve",
          "wal_consistency_checking");

  private static final Pattern TEXT =
      Pattern.compile("[A-Za-z0-9_ ,.:;%/+*=!@<>\\[\\]()$-]{0,200}");

  /**
   * Four numbers with dots, dashes or underscores, several groups of hexadecimal digits with
   * colons, or a name of three labels and more.
   */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "[0-9]{1,3}([._-][0-9]{1,3}){3}|[0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{0,4}){3,}"
              + "|[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z]{2,}");

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,40}");

  private SafeValue() {}

  /** True of a number with its unit, or a switch. */
  static boolean plain(String raw) {
    return NUMBER.matcher(raw.strip()).matches() || SWITCH.matcher(raw.strip()).matches();
  }

  /** True of a value of one of PostgreSQL's own parameters that may be written. */
  static boolean of(PostgresParameter parameter, String raw) {
    return parameter.type().equals("string")
        ? PLAIN_TEXTS.contains(parameter.name())
            && TEXT.matcher(raw).matches()
            && !ADDRESS.matcher(raw).find()
        : parameter.refusal(raw) == null;
  }

  /** True of a name that can be one in the lab, and is no address. */
  static boolean name(String raw) {
    return NAME.matcher(raw).matches() && !ADDRESS.matcher(raw).find();
  }

  /** True of a key that may be named to whoever adopts, such as one of PostgreSQL's. */
  static boolean key(String raw) {
    return raw.matches("[A-Za-z0-9_.-]{1,60}") && !ADDRESS.matcher(raw).find();
  }

  /** True of a scope that can be one in the lab, and is no address. */
  static boolean scope(String raw) {
    return raw.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,40}") && !ADDRESS.matcher(raw).find();
  }

  /** The first label of a name, as far as a lab can bear it; empty where nothing is left. */
  static String shortened(String raw) {
    if (ADDRESS.matcher(raw).find()) {
      return "";
    }
    String label = raw.replaceFirst("\\..*", "").replaceAll("[^A-Za-z0-9_-]", "-");
    String begun = label.replaceFirst("^[^A-Za-z]+", "");
    return begun.length() > 41 ? begun.substring(0, 41) : begun;
  }
}
