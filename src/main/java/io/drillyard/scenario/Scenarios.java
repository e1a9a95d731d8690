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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the scenario classes: whatever lies below the packages of the lanes. */
public final class Scenarios {
  /** The root package of the default suite. */
  private static final String SUITE = "baseline";

  /** Root packages: one per lane, and the catalogue of all other faults, which is run on demand. */
  private static final List<String> LANES =
      List.of(SUITE, "premium", "advanced", "catalogue", "loop");

  /** The root package of the disasters and planned moves of which each takes minutes. */
  private static final String LOOP = "loop.";

  /** The root package of plans for restore tests. */
  private static final String RESTORE_TESTS = "repository";

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
        return instance(known, Scenario.class);
      }
    }
    throw new IllegalArgumentException(
        "no scenario named '"
            + name
            + "'. There are: "
            + String.join(", ", names().stream().map(Scenarios::simple).toList()));
  }

  /** Every plan for restore tests, class by class, each class in the order of its own. */
  public static List<RestoreDrill> restoreDrills() {
    return RestoreDrills.ALL;
  }

  /** The plan for restore tests of that name; empty when there is none. */
  public static Optional<RestoreDrill> restoreDrill(String name) {
    return restoreDrills().stream().filter(drill -> drill.name().equals(name)).findFirst();
  }

  /** Looked for once. */
  private static final class RestoreDrills {
    static final List<RestoreDrill> ALL = findRestoreDrills();
  }

  private static List<RestoreDrill> findRestoreDrills() {
    List<RestoreDrill> all = new ArrayList<>();
    for (String each : classes(List.of(RESTORE_TESTS), RestoreScenarios.class)) {
      all.addAll(instance(each, RestoreScenarios.class).plans());
    }
    Set<String> names = new HashSet<>();
    for (RestoreDrill drill : all) {
      for (String test : drill.tests()) {
        if (!names.add(test)) {
          throw new IllegalStateException("two restore tests are called '" + test + "'");
        }
      }
    }
    return List.copyOf(all);
  }

  /** Class name without its package. */
  public static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Full class names of the default suite, in the order of their names. */
  public static List<String> suite() {
    return names().stream().filter(name -> name.startsWith(SUITE + ".")).toList();
  }

  /** Those of the default suite and the catalogue: a drill of each fault. */
  public static List<String> catalogue() {
    return names().stream().filter(name -> !name.startsWith(LOOP)).toList();
  }

  /**
   * Those below a folder.
   *
   * @param folder such as {@code loop/refusal}
   */
  public static List<String> below(String folder) {
    String root = folder.replace('/', '.') + ".";
    return names().stream().filter(name -> name.startsWith(root)).toList();
  }

  /** Full class names of all scenarios, in the order of their names. */
  public static List<String> names() {
    return classes(LANES, Scenario.class);
  }

  private static List<String> classes(List<String> roots, Class<?> kind) {
    try {
      URI here = Scenarios.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path code = Path.of(here);
      if (Files.isDirectory(code)) {
        return below(code, roots, kind);
      }
      try (FileSystem jar = FileSystems.newFileSystem(code, Map.of())) {
        return below(jar.getPath("/"), roots, kind);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> below(Path root, List<String> roots, Class<?> kind)
      throws IOException {
    List<String> names = new ArrayList<>();
    for (String lane : roots) {
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
    names.removeIf(name -> !is(name, kind));
    names.sort(null);
    return names;
  }

  private static boolean is(String name, Class<?> kind) {
    try {
      Class<?> found = Class.forName(name, false, Scenarios.class.getClassLoader());
      return kind.isAssignableFrom(found) && !found.isInterface();
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static <T> T instance(String name, Class<T> kind) {
    try {
      return Class.forName(name).asSubclass(kind).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          name + " has no public constructor without arguments, or it failed: " + e, e);
    }
  }
}
