package io.drillyard.cluster;

import io.drillyard.host.HostException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A database system's control file, as {@code pg_controldata} prints it in English.
 *
 * @param lines values by the names that it prints
 */
public record ControlFile(Map<String, String> lines) {
  /** Reads what it printed; lines of another form are left out. */
  public static ControlFile parse(String printed) {
    Map<String, String> lines = new LinkedHashMap<>();
    for (String line : printed.lines().toList()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        lines.putIfAbsent(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
    return new ControlFile(lines);
  }

  /** A value; null: it does not tell it. */
  public @Nullable String find(String name) {
    return lines.get(name);
  }

  /**
   * A value.
   *
   * @throws HostException when it does not tell it
   */
  public String get(String name) {
    String value = find(name);
    if (value == null) {
      throw new HostException("the control file does not tell '" + name + "'");
    }
    return value;
  }

  /** The identifier of its database system; null: it does not tell it. */
  public @Nullable String systemIdentifier() {
    return find("Database system identifier");
  }

  /** The timeline of its latest checkpoint; an error when it does not tell it. */
  public int timeline() {
    return Integer.parseInt(get("Latest checkpoint's TimeLineID"));
  }
}
