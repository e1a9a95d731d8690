package io.drillyard.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds the scenario classes: whatever lies below the packages of the lanes. */
public final class Scenarios {
  /** The root package of the default suite. */
  private static final String SUITE = "baseline";

  /** Root packages: one per lane, and the catalogue of all other faults, which is run on demand. */
  private static final List<String> LANES = List.of(SUITE, "premium", "advanced", "catalogue");

  private Scenarios() {}

  /**
   * The scenario of that name.
   *
   * @param name simple or full class name
   * @throws IllegalArgumentException naming the nearest ones when there is none
   */
  public static Scenario named(String name) {
    for (String known : names()) {
      if (known.equals(name) || simple(known).equals(name)) {
        return instance(known);
      }
    }
    throw new IllegalArgumentException(
        "no scenario named '"
            + name
            + "'. There are: "
            + String.join(", ", names().stream().map(Scenarios::simple).toList()));
  }

  /** Class name without its package. */
  public static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Full class names of the default suite, in the order of their names. */
  public static List<String> suite() {
    return names().stream().filter(name -> name.startsWith(SUITE + ".")).toList();
  }

  /** Full class names of all scenarios, in the order of their names. */
  public static List<String> names() {
    try {
      URI here = Scenarios.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path code = Path.of(here);
      if (Files.isDirectory(code)) {
        return below(code);
      }
      try (FileSystem jar = FileSystems.newFileSystem(code, Map.of())) {
        return below(jar.getPath("/"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> below(Path root) throws IOException {
    List<String> names = new ArrayList<>();
    for (String lane : LANES) {
      Path folder = root.resolve(lane);
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          files
              .map(f -> root.relativize(f).toString())
              .filter(f -> f.endsWith(".class") && !f.contains("$") && !f.contains("package-info"))
              .map(f -> f.substring(0, f.length() - ".class".length()).replace('/', '.'))
              .forEach(names::add);
        }
      }
    }
    names.removeIf(name -> !isScenario(name));
    names.sort(null);
    return names;
  }

  private static boolean isScenario(String name) {
    try {
      Class<?> found = Class.forName(name, false, Scenarios.class.getClassLoader());
      return Scenario.class.isAssignableFrom(found) && !found.isInterface();
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static Scenario instance(String name) {
    try {
      return Class.forName(name).asSubclass(Scenario.class).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          name + " has no public constructor without arguments, or it failed: " + e, e);
    }
  }
}
