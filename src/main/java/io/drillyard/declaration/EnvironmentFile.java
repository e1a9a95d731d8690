package io.drillyard.declaration;

import io.drillyard.declaration.Environment.Inventory;
import io.drillyard.declaration.Environment.Load;
import io.drillyard.declaration.Environment.RepositoryState;
import io.drillyard.declaration.Environment.Route;
import io.drillyard.declaration.Environment.SitePlan;
import io.drillyard.declaration.Environment.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an environment with the two files that it names, checks them together, and binds them. */
final class EnvironmentFile {
  private static final Map<String, String> DEFAULT_LIMITS =
      Map.of("root", "256MiB", "data", "1GiB", "etcd", "256MiB");

  private final Path folder;
  private final DeclarationProblems problems;

  EnvironmentFile(Path folder, DeclarationProblems problems) {
    this.folder = folder;
    this.problems = problems;
  }

  /** The record, or null with errors among the problems. */
  @Nullable Environment read(String name) {
    YamlNode root = YamlReader.read(folder.resolve(name + ".yaml"), problems);
    if (!root.present()) {
      return null;
    }
    if (ClustersFile.former(root, problems)) {
      return null;
    }
    SchemaCheck.of("environment").check(root, problems);
    Path inventoryPath = reference(root.get("inventory_state_ref"), "inventories");
    Path repositoryPath = reference(root.get("repo_state_ref"), "repositories");
    Inventory inventory =
        inventoryPath == null
            ? new Inventory("", List.of())
            : InventoryFile.read(inventoryPath, problems);
    YamlNode repository =
        repositoryPath == null
            ? YamlNode.absent(root.file(), 1, 1)
            : RepositoryDeclarationFile.read(repositoryPath, problems);
    checks(root, inventory, repository);
    YamlNode second = second(root, inventory, repository);
    return problems.anyError() ? null : bind(name, root, inventory, repository, second);
  }

  /** The second repository, which must be lost with nothing that the first is lost with. */
  private YamlNode second(YamlNode root, Inventory inventory, YamlNode first) {
    YamlNode ref = root.get("repo2_state_ref");
    Path path = reference(ref, "repositories");
    if (path == null) {
      return YamlNode.absent(root.file(), 1, 1);
    }
    YamlNode second = RepositoryDeclarationFile.read(path, problems);
    new ClusterChecks(inventory, problems).known(second.get("host"));
    new EmbeddedAddressCheck(inventory, second, problems).check(root);
    for (String key : List.of("host", "endpoint")) {
      if (second.get(key).raw().equals(first.get(key).raw())) {
        problems.error(
            ref,
            "both repositories have the %s '%s'".formatted(key, second.get(key).raw()),
            "Name a repository on a host and with an endpoint of its own");
      }
    }
    if (root.get("clusters").fields().size() > 1) {
      problems.error(
          ref,
          "a second repository together with a second cluster is not available yet",
          "Delete one of them");
    }
    return second;
  }

  /** A file below the environments' folder; null, with a problem, if there is none. */
  private @Nullable Path reference(YamlNode ref, String kind) {
    if (!(ref.value() instanceof String text) || text.isEmpty()) {
      return null;
    }
    Path path = folder.resolve(ref.raw()).normalize();
    if (!path.startsWith(folder.normalize()) || ref.raw().startsWith("/")) {
      problems.error(
          ref,
          "'" + ref.raw() + "' leads out of " + folder,
          "Name a file below it, such as " + kind + "/NAME.yaml");
      return null;
    }
    if (!Files.isRegularFile(path)) {
      List<String> known =
          YamlFiles.names(folder.resolve(kind)).stream()
              .map(n -> kind + "/" + n + ".yaml")
              .toList();
      problems.error(
          ref, "'" + ref.raw() + "' does not exist", NameSuggestion.remedy(ref.raw(), known));
      return null;
    }
    return path;
  }

  private void checks(YamlNode root, Inventory inventory, YamlNode repository) {
    String lane = root.get("lane").text("baseline");
    if (!lane.equals("baseline")) {
      problems.error(
          root.get("lane"),
          "lane '" + lane + "' is not available yet",
          "Write lane: baseline; managed targets get a lane of their own and never stand in this one");
    }
    ClusterChecks clusters = new ClusterChecks(inventory, problems);
    NodeImage image = NodeImage.of(root.get("image").text("trixie"));
    LabCapacity capacity = new LabCapacity(image.parameters(), walVolume(root.get("storage")));
    root.get("clusters")
        .fields()
        .values()
        .forEach(cluster -> clusters.cluster(cluster, image, capacity));
    new ClusterRelations(clusters, problems).check(root.get("clusters"), repository.get("host"));
    clusters.known(repository.get("host"));
    route(root.get("route"), clusters);
    new SandboxChecks(inventory, problems).check(root, repository.get("host"));
    int sites = inventory.sites().size() - (root.get("sandbox").present() ? 1 : 0);
    DeclaredLoadChecks.environment(root, sites, problems);
    if (root.at("storage", "kind").raw().equals("disk") && root.at("storage", "limits").present()) {
      problems.error(
          root.at("storage", "limits"),
          "limits work with memory storage only: the disk has no quotas here",
          "Delete the limits, or write kind: memory");
    }
    new EmbeddedAddressCheck(inventory, repository, problems).check(root);
  }

  private void route(YamlNode route, ClusterChecks clusters) {
    YamlNode hosts = route.get("hosts");
    clusters.members(hosts, "route hosts");
    String kind = route.get("kind").raw();
    if (kind.equals("haproxy") && hosts.items().isEmpty()) {
      problems.error(
          hosts.present() ? hosts : route.get("kind"),
          "route haproxy without hosts",
          "Add hosts: [lb1], naming hosts of the inventory, or write kind: multi-host");
    }
    if (kind.equals("multi-host") && !hosts.items().isEmpty()) {
      problems.error(
          hosts,
          "route multi-host has no hosts of its own: the driver asks every member",
          "Delete the hosts, or write kind: haproxy");
    }
    for (String key : new String[] {"connect_timeout", "socket_timeout", "host_recheck"}) {
      YamlNode at = route.get(key);
      if (at.raw().matches("[0-9]{1,9}ms") && duration(at, "1s").toMillis() % 1000 != 0) {
        problems.error(
            at,
            "'" + key + "' is " + at.raw() + "; the JDBC driver takes whole seconds",
            "Write a multiple of 1s");
      }
    }
  }

  private Environment bind(
      String name, YamlNode root, Inventory inventory, YamlNode repository, YamlNode other) {
    RepositoryState second = other.present() ? RepositoryDeclarationFile.record(other) : null;
    RepositoryState state = RepositoryDeclarationFile.record(repository);
    PostgresParameters known = NodeImage.of(root.get("image").text("trixie")).parameters();
    List<ClusterPlan> clusters = ClustersFile.bind(root.get("clusters"), state, known);
    Route route = route(root.get("route"));
    Set<String> used = new HashSet<>(route.hosts());
    used.add(state.host());
    if (second != null) {
      used.add(second.host());
    }
    String sandbox = root.get("sandbox").present() ? root.get("sandbox").raw() : null;
    if (sandbox != null) {
      used.add(sandbox);
    }
    for (ClusterPlan plan : clusters) {
      used.addAll(plan.members());
      used.addAll(plan.etcd());
    }
    return new Environment(
        name,
        root.get("lane").text("baseline"),
        root.get("image").text("trixie"),
        root.get("wall_clock").text("real").equals("adjustable"),
        storage(root.get("storage")),
        onlyUsed(inventory, used),
        sandbox,
        state,
        second,
        clusters,
        route,
        load(root.get("load")),
        ClustersFile.texts(root.get("contracts")),
        notCarried(root.get("not_carried")));
  }

  private static Set<UnsupportedSiteFeature> notCarried(YamlNode declared) {
    Set<UnsupportedSiteFeature> all = EnumSet.noneOf(UnsupportedSiteFeature.class);
    declared.fields().keySet().forEach(word -> UnsupportedSiteFeature.of(word).ifPresent(all::add));
    return Set.copyOf(all);
  }

  /** An inventory may list more than one environment builds; the lab should not start the rest. */
  private static Inventory onlyUsed(Inventory inventory, Set<String> used) {
    List<SitePlan> sites =
        inventory.sites().stream()
            .map(
                s ->
                    new SitePlan(
                        s.name(),
                        s.subnet(),
                        s.hosts().stream().filter(h -> used.contains(h.name())).toList()))
            .filter(s -> !s.hosts().isEmpty())
            .toList();
    return new Inventory(inventory.file(), sites);
  }

  /** Bytes of the volume that WAL lies on; 0 where it is not limited, or not well written. */
  private static long walVolume(YamlNode storage) {
    YamlNode limits = storage.get("limits");
    String declared = limits.get("wal").text(limits.get("data").text("1GiB"));
    return storage.get("kind").raw().equals("memory")
            && declared.matches("[1-9][0-9]{0,8}(KiB|MiB|GiB)")
        ? ByteSizes.parse(declared)
        : 0;
  }

  private static Storage storage(YamlNode storage) {
    Map<String, Long> limits = new LinkedHashMap<>();
    if (storage.get("kind").raw().equals("memory")) {
      for (String volume : List.of("root", "data", "etcd")) {
        String otherwise = DEFAULT_LIMITS.getOrDefault(volume, "");
        limits.put(volume, ByteSizes.parse(storage.at("limits", volume).text(otherwise)));
      }
      for (String volume : List.of("wal", "spool")) {
        if (storage.at("limits", volume).present()) {
          limits.put(volume, ByteSizes.parse(storage.at("limits", volume).raw()));
        }
      }
    }
    return new Storage(storage.get("kind").raw(), limits);
  }

  private static Route route(YamlNode route) {
    return new Route(
        route.get("kind").raw(),
        route.get("hosts").texts(),
        duration(route.get("connect_timeout"), "1s"),
        duration(route.get("socket_timeout"), "2s"),
        duration(route.get("host_recheck"), "1s"),
        duration(route.get("check_interval"), "500ms"),
        (int) route.get("check_fall").number(2),
        (int) route.get("check_rise").number(1));
  }

  private static Load load(YamlNode load) {
    return new Load(
        Double.parseDouble(load.get("routed_per_second").text("100")),
        Double.parseDouble(load.get("pinned_per_second").text("20")),
        (int) load.get("connections").number(8),
        duration(load.get("give_up"), "1s"),
        duration(load.get("outage_threshold"), "500ms"),
        service(load));
  }

  private static ServiceLevel service(YamlNode load) {
    String share = load.get("service_share").text("90 %").replace("%", "").strip();
    return new ServiceLevel(Double.parseDouble(share) / 100, duration(load.get("settling"), "30s"));
  }

  private static Duration duration(YamlNode at, String otherwise) {
    return Durations.parse(at.text(otherwise));
  }
}
