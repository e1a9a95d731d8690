package io.drillyard.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which Drillyard this is, as every record says it.
 *
 * @param version of the project, or {@link #UNKNOWN}
 * @param commit that was built: its first twelve digits, with {@code -dirty} where the tree held
 *     changes; or {@link #UNKNOWN}
 */
public record HarnessVersion(String version, String commit) {
  /** Where nobody can tell, such as the commit of a build that was made outside a clone. */
  public static final String UNKNOWN = "unknown";

  private static final String FILE = "version.properties";
  private static final Pattern VERSION = Pattern.compile("[0-9][0-9A-Za-z.-]*");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{12}(-dirty)?");

  /** Of the build that this class is from. */
  public static HarnessVersion ofBuild() {
    try (InputStream file = HarnessVersion.class.getResourceAsStream(FILE)) {
      return of(file);
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " of the build cannot be read", e);
    }
  }

  /** Of what a build wrote; what is not told, or not in its form, is unknown. */
  static HarnessVersion of(@Nullable InputStream file) throws IOException {
    Properties told = new Properties();
    if (file != null) {
      told.load(file);
    }
    return new HarnessVersion(value(told, "version", VERSION), value(told, "commit", COMMIT));
  }

  private static String value(Properties told, String name, Pattern form) {
    String value = told.getProperty(name, "");
    return form.matcher(value).matches() ? value : UNKNOWN;
  }

  /** In one word: {@code 0.2.0+0123456789ab}, {@code 0.2.0+0123456789ab-dirty}. */
  public String word() {
    return version + "+" + commit;
  }
}
