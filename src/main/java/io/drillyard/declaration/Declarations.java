package io.drillyard.declaration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The declarations of one folder: {@code contexts.yaml}, one file per environment, and the
 * inventories and repositories that those name.
 *
 * <p>Nothing is read before it is asked for, and everything is read once. Every answer comes with
 * all problems of the files behind it, not only the first.
 */
public final class Declarations {
  private static final String CONTEXTS = "contexts";

  private final Path folder;
  private final boolean strict;
  private final Map<String, LoadedDeclaration<Environment>> environments =
      new ConcurrentHashMap<>();
  private @Nullable ContextsRead contexts;

  /** The outcome of reading contexts.yaml, with the tree for the places. */
  private record ContextsRead(
      YamlNode root, LoadedDeclaration<Map<String, BoundedContext>> loaded) {}

  private Declarations(Path folder, boolean strict) {
    this.folder = folder;
    this.strict = strict;
  }

  /** The declarations of that folder. Reads nothing yet. */
  public static Declarations load(Path environmentsDir) {
    return new Declarations(environmentsDir, false);
  }

  /**
   * The same, strict or not.
   *
   * @param strict settings that Patroni would adjust are errors, not warnings
   */
  public static Declarations load(Path environmentsDir, boolean strict) {
    return new Declarations(environmentsDir, strict);
  }

  /** Names of the environments, sorted; lists the folder and reads no file. */
  public List<String> environmentNames() {
    return YamlFiles.names(folder).stream().filter(n -> !n.equals(CONTEXTS)).toList();
  }

  /** Every declared context by name, in the order of the file. */
  public LoadedDeclaration<Map<String, BoundedContext>> contexts() {
    return contextsRead().loaded();
  }

  /** One context; with suggestions among the problems if there is none of that name. */
  public LoadedDeclaration<BoundedContext> context(String name) {
    LoadedDeclaration<Map<String, BoundedContext>> all = contexts();
    Map<String, BoundedContext> map = all.value();
    if (map == null) {
      return new LoadedDeclaration<>(null, all.problems());
    }
    BoundedContext context = map.get(name);
    if (context == null) {
      YamlNode at = contextsRead().root().get("contexts");
      String message = "no context is called '" + name + "'";
      return failed(all.problems(), error(at, message, NameSuggestion.remedy(name, map.keySet())));
    }
    return new LoadedDeclaration<>(context, all.problems());
  }

  /** What a context declares for a disruption; without that it cannot be drilled. */
  public LoadedDeclaration<Objective> objective(String context, Disruption disruption) {
    LoadedDeclaration<BoundedContext> loaded = context(context);
    BoundedContext found = loaded.value();
    if (found == null) {
      return new LoadedDeclaration<>(null, loaded.problems());
    }
    Objective objective =
        disruption == Disruption.STORM
            ? StormObjective.of(found)
            : found.objectives().get(disruption);
    if (objective == null) {
      YamlNode at = contextsRead().root().at("contexts", context, "targets");
      String message =
          "context '" + context + "' declares no targets for '" + disruption.word() + "'";
      String remedy =
          "Add " + disruption.word() + ": with failover, rto, rpo and redundancy, or drill another";
      return failed(loaded.problems(), error(at, message, remedy));
    }
    return new LoadedDeclaration<>(objective, loaded.problems());
  }

  /** One environment with its inventory and repository. */
  public LoadedDeclaration<Environment> environment(String name) {
    // Only listed names become paths: a name can never lead out of the folder.
    if (!environmentNames().contains(name)) {
      DeclarationProblem problem =
          new DeclarationProblem(
              folder.toString(),
              0,
              0,
              DeclarationProblem.Severity.ERROR,
              "no environment is called '" + name + "'",
              NameSuggestion.remedy(name, environmentNames()));
      return failed(List.of(), problem);
    }
    return environments.computeIfAbsent(
        name,
        n -> {
          DeclarationProblems problems = new DeclarationProblems(strict);
          return problems.finish(new EnvironmentFile(folder, problems).read(n));
        });
  }

  /**
   * What makes a drill of this context in this environment pointless or less than it says: a
   * warning if the context declares synchronous replication and the environment has none; an error
   * if a site is to be lost and there is no cluster to take over.
   */
  public List<DeclarationProblem> fit(
      BoundedContext context, Disruption disruption, Environment environment) {
    List<DeclarationProblem> found = new ArrayList<>();
    YamlNode root =
        YamlReader.read(
            folder.resolve(environment.name() + ".yaml"), new DeclarationProblems(false));
    if (context.withinSite().equals("synchronous") && !environment.serving().synchronous()) {
      YamlNode patroni = root.at("clusters", environment.serving().name(), "patroni");
      YamlNode at = patroni.get("synchronous_mode");
      found.add(
          new DeclarationProblem(
              at.file(),
              at.line(),
              at.column(),
              DeclarationProblem.Severity.WARNING,
              "context '"
                  + context.name()
                  + "' declares synchronous replication; '"
                  + environment.name()
                  + "' is asynchronous",
              "Drill it in an environment with synchronous_mode: true, or expect its RPO to be"
                  + " missed"));
    }
    ReplicaTarget replicas = context.replicas(environment);
    String fewer = replicas == null ? null : replicas.unreachable(environment);
    if (fewer != null) {
      YamlNode at = root.at("clusters", environment.serving().name(), "members");
      found.add(
          new DeclarationProblem(
              at.file(),
              at.line(),
              at.column(),
              DeclarationProblem.Severity.WARNING,
              "context '%s' declares %s".formatted(context.name(), fewer),
              "Declare more members, or fewer standbys: as it is, every drill misses it"));
    }
    if (disruption == Disruption.SITE_LOSS && !environment.hasRecovery()) {
      found.add(
          error(
              root.get("clusters"),
              "'" + environment.name() + "' has no cluster that could take over after a site loss",
              "Add one at another site with 'restored_from' or 'follows', or drill in an environment"
                  + " that has one"));
    }
    return List.copyOf(found);
  }

  /** An error for each cluster that a plan speaks of and this environment has not, or has twice. */
  public List<DeclarationProblem> clusters(Collection<ClusterRef> spoken, Environment environment) {
    YamlNode root =
        YamlReader.read(
            folder.resolve(environment.name() + ".yaml"), new DeclarationProblems(false));
    return spoken.stream()
        .flatMap(which -> which.problem(environment).stream())
        .map(
            why ->
                error(
                    root.get("clusters"),
                    why,
                    "Name the cluster in the plan, or drill in an environment that has one"))
        .toList();
  }

  /** An error where a plan proves a backup, and this environment has no place for that. */
  public List<DeclarationProblem> sandbox(boolean proving, Environment environment) {
    if (!proving || environment.sandbox() != null) {
      return List.of();
    }
    YamlNode root =
        YamlReader.read(
            folder.resolve(environment.name() + ".yaml"), new DeclarationProblems(false));
    return List.of(
        error(
            root.get("inventory_state_ref"),
            "the plan proves a backup, and '" + environment.name() + "' has no sandbox for it",
            "Add sandbox: NAME, a host that stands alone at a site of the inventory, or drill in an"
                + " environment that has one"));
  }

  /**
   * Whether the declared RTO can be kept when the primary is taken away in this environment: an
   * error if no failover can come that soon, a warning if it may come later.
   */
  public List<DeclarationProblem> reach(
      BoundedContext context, Disruption disruption, Environment environment) {
    Objective objective = context.objectives().get(disruption);
    if (objective == null) {
      return List.of();
    }
    YamlNode root =
        YamlReader.read(
            folder.resolve(environment.name() + ".yaml"), new DeclarationProblems(false));
    YamlNode rto =
        contextsRead().root().at("contexts", context.name(), "targets", disruption.word(), "rto");
    return AchievableRtoChecks.of(
        root.at("clusters", environment.serving().name(), "patroni"),
        rto,
        context,
        objective,
        environment);
  }

  /**
   * Whether the load of this environment can show what is declared: a warning if it cannot, an
   * error when strict.
   *
   * @param clients routed clients, one per site at which any stand
   * @param steady how long before the fault is judged
   */
  public List<DeclarationProblem> load(
      BoundedContext context,
      Objective objective,
      Environment environment,
      int clients,
      Duration steady) {
    YamlNode root =
        YamlReader.read(
            folder.resolve(environment.name() + ".yaml"), new DeclarationProblems(false));
    return DeclaredLoadChecks.drill(root, environment, context, objective, clients, steady, strict);
  }

  /** Every problem of every file in the folder, for {@code validate}; each said once. */
  public List<DeclarationProblem> validate() {
    Set<DeclarationProblem> all = new LinkedHashSet<>(contexts().problems());
    for (String name : environmentNames()) {
      all.addAll(environment(name).problems());
    }
    for (String name : RestorePolicyFile.names(folder)) {
      all.addAll(RestorePolicyFile.load(folder, name, strict).problems());
    }
    for (String file : YamlFiles.endingIn(folder, ".yml")) {
      String path = folder.resolve(file).toString();
      String remedy = "Rename it to " + file.replaceAll("yml$", "yaml");
      all.add(
          new DeclarationProblem(
              path, 0, 0, DeclarationProblem.Severity.WARNING, "this file is not read", remedy));
    }
    return List.copyOf(all);
  }

  private synchronized ContextsRead contextsRead() {
    ContextsRead read = contexts;
    if (read == null) {
      DeclarationProblems problems = new DeclarationProblems(strict);
      Path file = folder.resolve(CONTEXTS + ".yaml");
      YamlNode root = YamlNode.absent(file.toString(), 0, 0);
      if (Files.exists(file)) {
        root = BoundedContextsFile.read(file, problems);
      } else {
        problems.wholeFile(
            file.toString(), "there is no such file", "Create it, or name another folder");
      }
      boolean usable = root.present() && !problems.anyError();
      read =
          new ContextsRead(
              root, problems.finish(usable ? BoundedContextsFile.records(root) : null));
      contexts = read;
    }
    return read;
  }

  private static DeclarationProblem error(YamlNode at, String message, String remedy) {
    return new DeclarationProblem(
        at.file(), at.line(), at.column(), DeclarationProblem.Severity.ERROR, message, remedy);
  }

  private static <T> LoadedDeclaration<T> failed(
      List<DeclarationProblem> before, DeclarationProblem problem) {
    List<DeclarationProblem> all = new ArrayList<>(before);
    all.add(problem);
    return new LoadedDeclaration<>(null, all);
  }
}
