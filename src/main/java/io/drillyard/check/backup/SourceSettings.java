package io.drillyard.check.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the source's heartbeat noted of its settings, beside what the restored server has. */
public final class SourceSettings {
  /** The setting that tells PostgreSQL's minor version. */
  private static final String VERSION = "server_version";

  private static final JsonMapper JSON = new JsonMapper();

  private SourceSettings() {}

  /**
   * What differs, and what was compared.
   *
   * @param differ sentences, one per setting
   * @param compared how many settings
   * @param version of the source, or null when it was not noted
   */
  public record Compared(List<String> differ, int compared, @Nullable String version) {}

  /**
   * Compares.
   *
   * @param rows JSON: an array of name, setting of the source, setting here (null: not known here)
   * @param own names of what the sandbox sets otherwise on purpose
   * @throws IllegalStateException when the rows are not of that shape
   */
  public static Compared compare(String rows, Set<String> own) {
    List<String> differ = new ArrayList<>();
    int compared = 0;
    String version = null;
    try {
      JsonNode all = JSON.readTree(rows);
      if (!all.isArray()) {
        throw new IllegalStateException("the source's settings are no list: " + rows);
      }
      for (JsonNode row : all) {
        String name = row.get(0).asString();
        String there = row.get(1).asString();
        String here = row.get(2).isNull() ? null : row.get(2).asString();
        if (name.equals(VERSION)) {
          version = number(there);
        }
        if (own.contains(name)) {
          continue;
        }
        compared++;
        if (name.equals(VERSION) && here != null && !number(there).equals(number(here))) {
          differ.add(
              "PostgreSQL %s wrote it, %s reads it here: what the releases between them ask for, such as an index to be rebuilt, is not done by a restore"
                  .formatted(number(there), number(here)));
        } else if (here == null) {
          differ.add("%s: '%s' at the source, not known here".formatted(name, there));
        } else if (!name.equals(VERSION) && !there.equals(here)) {
          differ.add("%s: '%s' at the source, '%s' here".formatted(name, there, here));
        }
      }
    } catch (JacksonException | NullPointerException e) {
      throw new IllegalStateException("the source's settings are not of their shape: " + rows, e);
    }
    return new Compared(List.copyOf(differ), compared, version);
  }

  /** Without the packager's words. */
  private static String number(String version) {
    return version.split(" ", 2)[0];
  }
}
