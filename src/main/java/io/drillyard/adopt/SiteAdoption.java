package io.drillyard.adopt;

import io.drillyard.declaration.DeclarationProblem;
import io.drillyard.declaration.DeclarationProblems;
import io.drillyard.declaration.NodeImage;
import io.drillyard.declaration.UnsupportedSiteFeature;
import io.drillyard.declaration.YamlNode;
import io.drillyard.declaration.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An environment made out of what a site runs.
 *
 * @param name of the environment: the scope, in lower case
 * @param files what is to be written, by path below the folder of declarations
 * @param notes what came out otherwise than it stood there, or not at all: place, what, why
 * @param notCarried what a lab has not, and a drill's result may depend on
 * @param problems why nothing could be made; then there are no files
 */
public record SiteAdoption(
    String name,
    Map<String, String> files,
    List<String> notes,
    List<UnsupportedSiteFeature> notCarried,
    List<DeclarationProblem> problems) {
  private static final long LARGEST_FILE = 1 << 20;

  /**
   * Reads a site's files.
   *
   * @param patroni a node's configuration, or what {@code patronictl show-config} prints
   * @param pgBackRest its configuration; null: none was given
   * @param haProxy its configuration; null: none was given
   * @param image whose versions the lab is to have
   */
  public static SiteAdoption of(
      Path patroni, @Nullable Path pgBackRest, @Nullable Path haProxy, String image) {
    DeclarationProblems problems = new DeclarationProblems(false);
    AdoptedSite site = new AdoptedSite();
    YamlNode root = YamlReader.read(patroni, problems);
    if (problems.anyError()) {
      return new SiteAdoption("", Map.of(), List.of(), List.of(), withoutText(problems.list()));
    }
    new PatroniFile(site, NodeImage.of(image), problems).read(root);
    if (problems.anyError()) {
      return new SiteAdoption("", Map.of(), List.of(), List.of(), problems.list());
    }
    if (haProxy != null) {
      new HaProxyFile(site, haProxy.toString()).read(lines(haProxy));
    }
    if (pgBackRest != null) {
      new PgBackRestFile(site, pgBackRest.toString()).read(lines(pgBackRest));
    }
    site.match(patroni.toString());
    AdoptedEnvironment environment = new AdoptedEnvironment(site, image);
    return new SiteAdoption(
        environment.name(),
        environment.files(),
        List.copyOf(site.notes),
        List.copyOf(site.notCarried),
        List.of());
  }

  /** What a parser says of a file quotes it: a password that looks like an alias, for one. */
  private static List<DeclarationProblem> withoutText(List<DeclarationProblem> problems) {
    return problems.stream()
        .map(
            p ->
                new DeclarationProblem(
                    p.file(),
                    p.line(),
                    p.column(),
                    p.severity(),
                    "not YAML that can be read",
                    "Check the indentation, colons and quotes at this line and the one before"))
        .toList();
  }

  private static List<String> lines(Path file) {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw new IOException("larger than 1 MiB");
      }
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Writes the files; none that is there is written over.
   *
   * @param into folder of declarations; made where it is not there
   * @return the paths that were written
   * @throws IllegalStateException naming a file that is there already; nothing is written then
   */
  public List<Path> write(Path into) throws IOException {
    Map<Path, String> all = new LinkedHashMap<>();
    files.forEach((name, text) -> all.put(into.resolve(name), text));
    all.keySet().removeIf(p -> p.endsWith("contexts.yaml") && Files.exists(p));
    for (Path path : all.keySet()) {
      if (Files.exists(path)) {
        throw new IllegalStateException(path.toString());
      }
    }
    List<Path> written = new ArrayList<>();
    for (Map.Entry<Path, String> each : all.entrySet()) {
      Files.createDirectories(each.getKey().toAbsolutePath().getParent());
      Files.writeString(each.getKey(), each.getValue());
      written.add(each.getKey());
    }
    return written;
  }
}
