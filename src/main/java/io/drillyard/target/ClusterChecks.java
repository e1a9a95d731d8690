package io.drillyard.target;

import io.drillyard.target.Environment.HostPlan;
import io.drillyard.target.Environment.Inventory;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What must hold between a cluster, its inventory, its repository and the other cluster. */
final class ClusterChecks {
  private final Map<String, HostPlan> hosts = new LinkedHashMap<>();
  private final Inventory inventory;
  private final Problems problems;

  ClusterChecks(Inventory inventory, Problems problems) {
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
    new PatroniChecks(problems).check(cluster.get("patroni"), image);
    new PromotionChecks(problems).cluster(cluster, synchronous(cluster));
    new TagChecks(problems, image).tags(cluster);
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
      String like = slots.putIfAbsent(Environment.ClusterPlan.slotName(item.raw()), item.raw());
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
          Suggestion.remedy(name.raw(), hosts.keySet()));
    }
  }

  /** The recovery cluster against the primary one. */
  void recovery(YamlNode primary, YamlNode recovery, YamlNode repositoryHost) {
    if (primary.get("mode").present()) {
      problems.error(
          primary.get("mode"),
          "the primary cluster has no mode: it serves from the start",
          "Delete this line, or write it under 'recovery'");
    }
    if (!recovery.present()) {
      return;
    }
    same(primary, recovery, "scope", "scope", "Choose another: the pgBackRest stanza follows it");
    String own = EnvironmentFile.folder(recovery);
    if (!own.isEmpty() && own.equals(EnvironmentFile.folder(primary))) {
      problems.error(
          recovery.get(recovery.get("repository_path").present() ? "repository_path" : "scope"),
          "both clusters archive to '" + own + "'",
          "Give the recovery cluster a repository_path of its own: two clusters archiving to one"
              + " place destroy each other's history");
    }
    if (recovery.get("mode").raw().equals(EnvironmentFile.STANDBY)) {
      new SlotChecks(problems)
          .apart(
              primary.at("patroni", "slots"),
              Environment.ClusterPlan.slotName(recovery.get("scope").raw()));
    }
    shared(primary, recovery, "members");
    shared(primary, recovery, "etcd");
    Set<String> lost = sites(primary);
    for (String list : new String[] {"members", "etcd"}) {
      for (YamlNode item : recovery.get(list).items()) {
        if (lost.contains(site(item))) {
          problems.error(
              item,
              "recovery host '" + item.raw() + "' stands at the primary's site " + site(item),
              "Name a host of another site: this one is lost together with the primary");
        }
      }
    }
    if (lost.contains(site(repositoryHost))) {
      problems.warning(
          repositoryHost,
          "the repository stands at the primary's site " + site(repositoryHost),
          "Move host '"
              + repositoryHost.raw()
              + "' to another site, or nothing can be restored"
              + " after a site loss");
    }
  }

  private void same(YamlNode primary, YamlNode recovery, String key, String what, String remedy) {
    String value = recovery.get(key).raw();
    if (!value.isEmpty() && value.equals(primary.get(key).raw())) {
      problems.error(
          recovery.get(key), "both clusters have the " + what + " '" + value + "'", remedy);
    }
  }

  private void shared(YamlNode primary, YamlNode recovery, String list) {
    Set<String> taken = Set.copyOf(primary.get(list).texts());
    for (YamlNode item : recovery.get(list).items()) {
      if (taken.contains(item.raw())) {
        problems.error(
            item,
            "'" + item.raw() + "' is in '" + list + "' of both clusters",
            "Name another host: names are unique across clusters");
      }
    }
  }

  private Set<String> sites(YamlNode cluster) {
    Set<String> sites =
        cluster.get("members").items().stream().map(this::site).collect(Collectors.toSet());
    cluster.get("etcd").items().forEach(e -> sites.add(site(e)));
    sites.remove("");
    return new TreeSet<>(sites);
  }

  private String site(YamlNode host) {
    HostPlan plan = hosts.get(host.raw());
    return plan == null ? "" : plan.site();
  }
}
