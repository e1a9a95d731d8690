package io.drillyard.declaration;

import io.drillyard.declaration.Environment.HostPlan;
import io.drillyard.declaration.Environment.Inventory;
import io.drillyard.declaration.Environment.SitePlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads declared restore tests, {@code restore/NAME.yaml} below the environments' folder. */
public final class RestorePolicyFile {
  private static final String FOLDER = "restore";

  private final Declarations declarations;
  private final Path folder;
  private final boolean inLab;
  private final DeclarationProblems problems;

  private RestorePolicyFile(
      Declarations declarations, Path environments, boolean inLab, boolean strict) {
    this.problems = new DeclarationProblems(strict);
    this.inLab = inLab;
    this.declarations = declarations;
    this.folder = environments.resolve(FOLDER);
  }

  /** Names of the declared restore tests, sorted. */
  public static List<String> names(Path environments) {
    return YamlFiles.names(environments.resolve(FOLDER));
  }

  /** One restore test; with suggestions among the problems if there is none of that name. */
  public static LoadedDeclaration<RestorePolicy> load(Path environments, String name) {
    return load(environments, name, false);
  }

  /**
   * The same, strict or not.
   *
   * @param strict what switches a check off is an error, not a warning
   */
  public static LoadedDeclaration<RestorePolicy> load(
      Path environments, String name, boolean strict) {
    return new RestorePolicyFile(Declarations.load(environments), environments, false, strict)
        .read(name);
  }

  /** The same from inside a lab, where files with secrets are not to be seen. */
  public static LoadedDeclaration<RestorePolicy> loadInLab(Path environments, String name) {
    return new RestorePolicyFile(Declarations.load(environments), environments, true, false)
        .read(name);
  }

  private LoadedDeclaration<RestorePolicy> read(String name) {
    List<String> known = YamlFiles.names(folder);
    if (!known.contains(name)) {
      problems.wholeFile(
          folder.toString(),
          "no restore test is called '" + name + "'",
          NameSuggestion.remedy(name, known));
      return problems.finish(null);
    }
    YamlNode root = YamlReader.read(folder.resolve(name + ".yaml"), problems);
    if (!root.present()) {
      return problems.finish(null);
    }
    SchemaCheck.of("restore").check(root, problems);
    contexts(root.get("serves"));
    limits(root);
    if (root.get("freshness").present() && !root.get("heartbeat").present()) {
      problems.error(
          root.get("freshness"),
          "'freshness' without 'heartbeat': nothing in a repository says how fresh it is",
          "Add heartbeat: with database, table and column, or delete this line");
    }
    boolean abroad = root.get("repo_state_ref").present();
    ExternalRepository external = abroad ? external(root) : null;
    Environment environment =
        external == null ? ownEnvironment(root) : abroad(name, root, external);
    if (problems.anyError() || environment == null) {
      return problems.finish(null);
    }
    return problems.finish(bind(name, root, environment, external));
  }

  /** A test that is cut off before its target is over can miss nothing. */
  private void limits(YamlNode root) {
    DeclaredTargetChecks lengths = new DeclaredTargetChecks(problems);
    Duration day = DeclaredTargetChecks.BY_PEOPLE;
    String never = "no restore test waits that long, so none can miss it";
    lengths.length(root, "rto", day, never);
    lengths.length(root, "limit", day, "a test that hangs is not noticed for that long");
    lengths.length(root, "freshness", day, "data that old is of a source that stopped");
    lengths.bounded(
        root,
        "backup_age",
        DeclaredTargetChecks.OLDEST_BACKUP,
        DeclaredTargetChecks.YEAR,
        "a backup that old is a schedule that stopped");
    Duration rto = DeclaredTargetChecks.value(root.get("rto"));
    Duration limit = DeclaredTargetChecks.value(root.get("limit"));
    if (rto != null && limit != null && rto.compareTo(limit) > 0) {
      problems.blinding(
          root.get("rto"),
          "'rto' of %s is longer than the test may take, %s: it can never be missed"
              .formatted(root.get("rto").raw(), Durations.format(limit)),
          "Write a limit that is longer than the rto");
    }
  }

  /** An external repository; what belongs to the demonstration has no place beside it. */
  private @Nullable ExternalRepository external(YamlNode root) {
    YamlNode ref = root.get("repo_state_ref");
    for (String key : List.of("environment", "repository", "sandbox")) {
      if (root.get(key).present()) {
        problems.error(
            root.get(key),
            "'%s' beside 'repo_state_ref'".formatted(key),
            "Keep one: environment and sandbox for the demonstration's own source, repo_state_ref"
                + " for a repository outside the lab");
      }
    }
    Path file = folder.resolveSibling(ref.raw()).normalize();
    if (!Files.isReadable(file)) {
      problems.error(
          ref,
          file + " cannot be read",
          "Write the path of a repository's file, relative to the folder of the environments");
      return null;
    }
    return ExternalRepositoryFile.read(file, problems, inLab);
  }

  private static Environment abroad(String name, YamlNode root, ExternalRepository external) {
    Map<String, String> options = new LinkedHashMap<>();
    YamlNode given = root.at("node", "pgbackrest");
    given.fields().forEach((key, value) -> options.put(key, value.raw()));
    List<String> image = new ArrayList<>(List.of(root.at("node", "image").text("trixie")));
    image.addAll(root.at("node", "packages").texts());
    return ExternalRepositoryLab.environment(name, String.join(",", image), options, external);
  }

  private @Nullable Environment ownEnvironment(YamlNode root) {
    for (String key : List.of("environment", "sandbox")) {
      if (!root.get(key).present()) {
        problems.error(
            root,
            "neither 'repo_state_ref' nor '%s'".formatted(key),
            "Add environment and sandbox, or repo_state_ref for a repository outside the lab");
        return null;
      }
    }
    if (root.get("node").present()) {
      problems.error(
          root.get("node"),
          "'node' without 'repo_state_ref': the environment says what its hosts are",
          "Delete it");
    }
    LoadedDeclaration<Environment> loaded = declarations.environment(root.get("environment").raw());
    Environment environment = loaded.value();
    if (environment == null) {
      problems.error(
          root.get("environment"),
          "environment '" + root.get("environment").raw() + "' cannot be used",
          loaded.problems().isEmpty() ? "Name another" : loaded.problems().getFirst().toString());
      return null;
    }
    Environment widened = widened(environment, root.get("sandbox"));
    if (root.get("repository").raw().equals("second") && environment.second() == null) {
      problems.error(
          root.get("repository"),
          "environment '" + environment.name() + "' has no second repository",
          "Add repo2_state_ref to it, or delete this line");
    }
    return widened;
  }

  private void contexts(YamlNode serves) {
    Map<String, BoundedContext> all = declarations.contexts().value();
    Set<String> known = all == null ? Set.of() : all.keySet();
    for (YamlNode context : serves.items()) {
      if (!known.contains(context.raw())) {
        problems.error(
            context,
            "no context is called '" + context.raw() + "'",
            NameSuggestion.remedy(context.raw(), known));
      }
    }
  }

  /** An environment builds only hosts that it names; the sandbox is named here. */
  private @Nullable Environment widened(Environment environment, YamlNode sandbox) {
    Inventory all =
        InventoryFile.read(Path.of(environment.inventory().file()), new DeclarationProblems(false));
    SandboxChecks rules = new SandboxChecks(all, problems);
    Set<String> used =
        environment.inventory().sites().stream()
            .flatMap(s -> s.hosts().stream())
            .map(HostPlan::name)
            .collect(Collectors.toSet());
    if (used.contains(sandbox.raw())) {
      rules.busy(sandbox);
      return null;
    }
    List<SitePlan> sites = new ArrayList<>();
    boolean found = false;
    for (SitePlan site : all.sites()) {
      List<HostPlan> hosts =
          site.hosts().stream()
              .filter(h -> used.contains(h.name()) || h.name().equals(sandbox.raw()))
              .toList();
      boolean here = hosts.stream().anyMatch(h -> h.name().equals(sandbox.raw()));
      if (here && hosts.size() > 1) {
        rules.shares(sandbox, site.name());
      }
      found |= here;
      if (!hosts.isEmpty()) {
        sites.add(new SitePlan(site.name(), site.subnet(), hosts));
      }
    }
    if (!found) {
      problems.error(
          sandbox,
          "no host is called '" + sandbox.raw() + "' in " + all.file(),
          "Declare it there, at a site of its own");
      return null;
    }
    return environment.with(new Inventory(all.file(), List.copyOf(sites)));
  }

  private static RestorePolicy bind(
      String name, YamlNode root, Environment environment, @Nullable ExternalRepository external) {
    YamlNode heartbeat = root.get("heartbeat");
    return new RestorePolicy(
        name,
        root.get("description").raw(),
        environment,
        external,
        root.get("repository").text("first").equals("second") ? 2 : 1,
        external == null ? root.get("sandbox").raw() : ExternalRepositoryLab.SANDBOX,
        root.get("serves").texts(),
        root.get("backup").text("latest"),
        root.get("target").text("latest"),
        root.get("timeline").present() ? Long.valueOf(root.get("timeline").raw()) : null,
        duration(root.get("rto")),
        duration(root.get("backup_age")),
        duration(root.get("freshness")),
        heartbeat.present()
            ? new RestorePolicy.Heartbeat(
                heartbeat.get("database").raw(),
                heartbeat.get("table").raw(),
                heartbeat.get("column").raw())
            : null,
        root.get("assertions").items().stream()
            .map(
                a ->
                    new RestorePolicy.Assertion(
                        a.get("name").raw(),
                        a.get("database").raw(),
                        a.get("query").raw(),
                        a.get("expect").raw()))
            .toList(),
        duration(root.get("limit")),
        root.at("node", "preload").texts());
  }

  private static @Nullable Duration duration(YamlNode at) {
    return at.present() ? Durations.parse(at.raw()) : null;
  }
}
