package io.drillyard.launch;

import io.drillyard.declaration.DeclarationException;
import io.drillyard.declaration.DeclarationProblem;
import io.drillyard.declaration.Declarations;
import io.drillyard.evidence.SettingsSweep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Environments made from one, each with other settings, in a folder of their own: with the
 * contexts, inventories and repositories beside them they are complete declarations, so that a
 * stored sweep can be played again with {@code --environments}.
 */
public final class EnvironmentVariants {
  /** Prefix of PostgreSQL parameters among the keys. */
  public static final String PARAMETER = "postgresql.";

  private static final YAMLMapper YAML = new YAMLMapper();

  private final Path folder;
  private final String base;
  private final List<SettingsSweep.Axis> axes;

  /**
   * Prepares a folder.
   *
   * @param declared folder of the declarations; only read
   * @param folder to be filled; made when missing
   * @param base name of the environment to vary
   */
  public EnvironmentVariants(
      Path declared, Path folder, String base, List<SettingsSweep.Axis> axes) {
    this.folder = folder;
    this.base = base;
    this.axes = List.copyOf(axes);
    Declarations.load(declared).environment(base).orThrow();
    try (Stream<Path> files = Files.walk(declared)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        String name = declared.relativize(file).toString();
        // Restore tests name environments that are left out here.
        boolean other =
            name.startsWith("restore/") || (!name.contains("/") && !name.equals("contexts.yaml"));
        if (!other || name.equals(base + ".yaml")) {
          Path to = folder.resolve(name);
          Files.createDirectories(to.getParent());
          Files.copy(file, to);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes a variant per combination, and leaves out those that the declarations or Patroni itself
   * would not take as they are.
   */
  public SettingsSweep.Grid grid(List<String> scenarios) {
    List<SettingsSweep.Point> points = new ArrayList<>();
    for (Map<String, String> values : combinations()) {
      String name = "%s-v%02d".formatted(base, points.size() + 1);
      Path file = folder.resolve(name + ".yaml");
      write(file, values);
      String why = refusal(name);
      if (why != null) {
        delete(file);
      }
      points.add(new SettingsSweep.Point(values, why == null ? name : "", why));
    }
    return new SettingsSweep.Grid(base, List.copyOf(scenarios), axes, List.copyOf(points));
  }

  /** A point that cannot be drilled after all, with the reason. */
  public SettingsSweep.Point leftOut(SettingsSweep.Point point, DeclarationException why) {
    delete(folder.resolve(point.environment() + ".yaml"));
    return new SettingsSweep.Point(point.values(), "", message(why.problems()));
  }

  /** Takes the folder away again, with the run's own if nothing else is in it. */
  public void remove() {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(EnvironmentVariants::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path run = folder.getParent();
    String[] left = run == null ? null : run.toFile().list();
    if (run != null && left != null && left.length == 0) {
      delete(run);
    }
  }

  private List<Map<String, String>> combinations() {
    List<Map<String, String>> all = new ArrayList<>(List.of(Map.of()));
    for (SettingsSweep.Axis axis : axes) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> some : all) {
        for (String value : axis.values()) {
          Map<String, String> one = new LinkedHashMap<>(some);
          one.put(axis.key(), value);
          longer.add(one);
        }
      }
      all = longer;
    }
    return all;
  }

  /** Every cluster gets the settings: a site that takes over runs with the same. */
  private void write(Path file, Map<String, String> values) {
    try {
      ObjectNode root =
          (ObjectNode) YAML.readTree(Files.readString(folder.resolve(base + ".yaml")));
      for (JsonNode cluster : root.path("clusters")) {
        values.forEach((key, value) -> set((ObjectNode) cluster, key, value));
      }
      Files.writeString(
          file, "# Made from " + base + " with " + values + "\n" + YAML.writeValueAsString(root));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void set(ObjectNode cluster, String key, String value) {
    boolean parameter = key.startsWith(PARAMETER);
    String section = parameter ? "parameters" : "patroni";
    ObjectNode map =
        cluster.path(section) instanceof ObjectNode there ? there : cluster.putObject(section);
    String name = parameter ? key.substring(PARAMETER.length()) : key;
    if (value.matches("-?[0-9]{1,15}")) {
      map.put(name, Long.parseLong(value));
    } else if (value.equals("true") || value.equals("false")) {
      map.put(name, Boolean.parseBoolean(value));
    } else {
      map.put(name, value);
    }
  }

  /** Why a combination is left out: errors, and settings that Patroni would change; else null. */
  private @Nullable String refusal(String name) {
    List<DeclarationProblem> strict = Declarations.load(folder, true).environment(name).problems();
    List<DeclarationProblem> before = Declarations.load(folder, true).environment(base).problems();
    List<DeclarationProblem> fresh =
        strict.stream()
            .filter(DeclarationProblem::isError)
            // What the base has too was not caused by the variation.
            .filter(p -> before.stream().noneMatch(b -> b.message().equals(p.message())))
            .toList();
    return fresh.isEmpty() ? null : message(fresh);
  }

  private static String message(List<DeclarationProblem> problems) {
    return problems.stream()
        .filter(DeclarationProblem::isError)
        .map(DeclarationProblem::message)
        .findFirst()
        .orElse("it cannot be drilled");
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
