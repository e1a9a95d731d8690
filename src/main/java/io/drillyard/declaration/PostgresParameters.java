package io.drillyard.declaration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that a major version of PostgreSQL knows, as its own {@code pg_settings} lists
 * them, and the libraries that come with Debian's package of it. What an extension defines (a name
 * with a dot) is known to nobody before the extension is loaded.
 */
public final class PostgresParameters {
  private static final Set<String> LIBRARY_LISTS =
      Set.of("shared_preload_libraries", "session_preload_libraries", "local_preload_libraries");

  private static final Map<Integer, PostgresParameters> LOADED = new ConcurrentHashMap<>();

  private final int version;
  private final Map<String, PostgresParameter> byName;
  private final Set<String> libraries;

  private PostgresParameters(int version) {
    this.version = version;
    Map<String, PostgresParameter> all = new LinkedHashMap<>();
    for (String line : lines(version + ".csv")) {
      PostgresParameter parameter = PostgresParameter.parse(line);
      all.put(parameter.name().toLowerCase(Locale.ROOT), parameter);
    }
    this.byName = all;
    this.libraries = new LinkedHashSet<>(lines("libraries"));
  }

  /**
   * Of a major version.
   *
   * @throws IllegalStateException if this build has no list of it
   */
  public static PostgresParameters of(int version) {
    return LOADED.computeIfAbsent(version, PostgresParameters::new);
  }

  private static List<String> lines(String file) {
    String resource = "/parameters/" + file;
    try (InputStream in = PostgresParameters.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("not in the jar: " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The major version. */
  public int version() {
    return version;
  }

  /** That parameter, in whatever case it is written; null when this version knows none. */
  public @Nullable PostgresParameter find(String name) {
    return byName.get(name.toLowerCase(Locale.ROOT));
  }

  /** All names, in this version's own spelling. */
  public Collection<String> names() {
    return byName.values().stream().map(PostgresParameter::name).collect(Collectors.toList());
  }

  /** True of a parameter that lists libraries for a server to load. */
  public static boolean listsLibraries(String name) {
    return LIBRARY_LISTS.contains(name);
  }

  /** Names of a list of libraries, without the folder and the ending that are meant anyway. */
  public static List<String> libraries(String list) {
    return Arrays.stream(list.split(","))
        .map(each -> each.strip().replaceAll("^[\"']|[\"']$", "").replace("$libdir/", ""))
        .map(each -> each.replaceAll("\\.so$", ""))
        .filter(each -> !each.isEmpty())
        .toList();
  }

  /** True of a library that Debian's package of PostgreSQL brings. */
  public boolean hasLibrary(String library) {
    return libraries.contains(library);
  }
}
