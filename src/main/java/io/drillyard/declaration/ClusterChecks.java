package io.drillyard.declaration;

import io.drillyard.declaration.Environment.HostPlan;
import io.drillyard.declaration.Environment.Inventory;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What must hold between a cluster, its inventory and its repository. */
final class ClusterChecks {
  private final Map<String, HostPlan> hosts = new LinkedHashMap<>();
  private final Inventory inventory;
  private final DeclarationProblems problems;

  ClusterChecks(Inventory inventory, DeclarationProblems problems) {
    this.inventory = inventory;
    this.problems = problems;
    inventory.sites().forEach(s -> s.hosts().forEach(h -> hosts.putIfAbsent(h.name(), h)));
  }

  void cluster(YamlNode cluster, NodeImage image, LabCapacity capacity) {
    members(cluster.get("members"), "members");
    members(cluster.get("etcd"), "etcd members");
    int etcd = cluster.get("etcd").items().size();
    if (etcd > 0 && etcd % 2 == 0) {
      problems.warning(
          cluster.get("etcd"),
          "%d etcd members tolerate no more failures than %d: a quorum of %1$d is %d"
              .formatted(etcd, etcd - 1, etcd / 2 + 1),
          "Take " + (etcd - 1) + " or " + (etcd + 1));
    }
    new PatroniConfigurationChecks(problems).check(cluster.get("patroni"), image);
    new PromotionChecks(problems).cluster(cluster, synchronous(cluster));
    new PatroniTagChecks(problems, image).tags(cluster);
    new ParameterChecks(problems, image.parameters(), capacity)
        .parameters(cluster.get("parameters"), synchronous(cluster));
    new PgBackRestOptionChecks(problems).options(cluster.get("pgbackrest"));
  }

  /** Whether the file asks for synchronous replication. */
  static boolean synchronous(YamlNode cluster) {
    return PatroniValue.synchronous(cluster.at("patroni", "synchronous_mode").raw());
  }

  /** A list of hosts: each known, none twice. */
  void members(YamlNode list, String what) {
    Map<String, YamlNode> seen = new HashMap<>();
    Map<String, String> slots = new HashMap<>();
    for (YamlNode item : list.items()) {
      known(item);
      String like = slots.putIfAbsent(ClusterPlan.slotName(item.raw()), item.raw());
      if (like != null && !like.equals(item.raw())) {
        problems.error(
            item,
            "'%s' and '%s' would share one replication slot".formatted(like, item.raw()),
            "Rename one: Patroni makes its slots' names of lower-case letters and digits");
      }
      YamlNode first = seen.putIfAbsent(item.raw(), item);
      if (first != null) {
        problems.error(
            item,
            "two " + what + " of the name '" + item.raw() + "', the first at line " + first.line(),
            "Name another host, or delete it here");
      }
    }
  }

  /** A host that the inventory must have. */
  void known(YamlNode name) {
    // An inventory that could not be read has been complained about already.
    boolean readable = !hosts.isEmpty() && name.value() instanceof String;
    if (readable && !hosts.containsKey(name.raw())) {
      problems.error(
          name,
          "host '" + name.raw() + "' is not in " + inventory.file(),
          NameSuggestion.remedy(name.raw(), hosts.keySet()));
    }
  }

  /** The sites of a cluster's hosts. */
  Set<String> sites(YamlNode cluster) {
    Set<String> sites =
        cluster.get("members").items().stream().map(this::site).collect(Collectors.toSet());
    cluster.get("etcd").items().forEach(e -> sites.add(site(e)));
    sites.remove("");
    return new TreeSet<>(sites);
  }

  /** The site of a host; empty where the inventory has none of that name. */
  String site(YamlNode host) {
    HostPlan plan = hosts.get(host.raw());
    return plan == null ? "" : plan.site();
  }
}
