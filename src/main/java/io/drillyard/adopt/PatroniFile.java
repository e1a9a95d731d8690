package io.drillyard.adopt;

import io.drillyard.declaration.DeclarationProblems;
import io.drillyard.declaration.EtcdSecurity;
import io.drillyard.declaration.NodeImage;
import io.drillyard.declaration.PatroniConfigurationChecks;
import io.drillyard.declaration.PatroniPostgresqlChecks;
import io.drillyard.declaration.PatroniValue;
import io.drillyard.declaration.UnsupportedSiteFeature;
import io.drillyard.declaration.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A node's {@code patroni.yml}, or what {@code patronictl show-config} prints. Dynamic settings
 * come from {@code bootstrap.dcs}, and what the node's own file says outweighs them, as in Patroni.
 */
final class PatroniFile {
  /** Stores of Patroni's other than etcd: a drill would show how etcd behaves, and not them. */
  private static final List<String> OTHER_STORES =
      List.of("kubernetes", "consul", "zookeeper", "exhibitor", "raft");

  private static final Set<String> TAGS =
      Set.of(
          "nofailover",
          "noloadbalance",
          "nosync",
          "nostream",
          "clonefrom",
          "failover_priority",
          "replicatefrom");

  /** Sections that a lab writes by itself, or has no use for. */
  private static final Set<String> SILENT =
      Set.of(
          "scope",
          "name",
          "namespace",
          "bootstrap",
          "postgresql",
          "tags",
          "etcd",
          "etcd3",
          "log",
          "restapi",
          "ctl",
          "watchdog",
          "raft");

  private final AdoptedSite site;
  private final DeclarationProblems problems;
  private final AdoptedParameters parameters;

  PatroniFile(AdoptedSite site, NodeImage image, DeclarationProblems problems) {
    this.site = site;
    this.problems = problems;
    this.parameters = new AdoptedParameters(site, image);
  }

  void read(YamlNode root) {
    if (root.kind() != YamlNode.Kind.MAP) {
      if (root.present()) {
        problems.error(root, "this is no Patroni configuration", "Give a node's patroni.yml");
      }
      return;
    }
    refuse(root);
    if (problems.anyError()) {
      return;
    }
    names(root);
    etcd(root);
    YamlNode dynamic = root.at("bootstrap", "dcs");
    if (!dynamic.present() && !root.get("bootstrap").present()) {
      // What patronictl show-config prints is the dynamic configuration itself.
      dynamic = root.get("scope").present() ? dynamic : root;
    }
    if (root.get("scope").present() || root.get("bootstrap").present()) {
      site.note(
          place(root),
          "bootstrap.dcs",
          "it held when the cluster was made; what was changed since is in patronictl show-config alone");
    } else {
      site.note(
          place(root),
          "show-config",
          "a watchdog, callbacks, scripts and tags stand in each node's own file, and are not known");
    }
    hosts(root);
    dynamic(dynamic);
    local(root);
  }

  private void hosts(YamlNode root) {
    for (String section : List.of("postgresql", "restapi")) {
      YamlNode address = root.at(section, "connect_address");
      if (address.present()) {
        site.nodeHosts.add(host(address.raw()));
      }
    }
  }

  private void refuse(YamlNode root) {
    for (YamlNode node : root.all()) {
      if (node.kind() == YamlNode.Kind.SCALAR
          && (node.raw().contains("{{") || node.raw().contains("{%"))) {
        problems.error(
            node,
            "a template, and not what a node runs",
            "Give the file as it lies on a node, filled in");
        return;
      }
    }
    for (String store : OTHER_STORES) {
      if (root.get(store).present()) {
        problems.error(
            root.get(store),
            "Patroni keeps its state in %s here, and a lab has etcd alone: a drill would show how etcd behaves"
                .formatted(store),
            "Only sites with etcd can be adopted");
      }
    }
    if (root.get("citus").present()) {
      problems.error(
          root.get("citus"),
          "a Citus cluster is several clusters, of which a lab builds one",
          "Only plain clusters can be adopted");
    }
    for (YamlNode standby :
        List.of(root.at("bootstrap", "dcs", "standby_cluster"), root.get("standby_cluster"))) {
      if (!standby.fields().isEmpty()) {
        problems.error(
            standby,
            "this is a standby cluster",
            "Adopt the cluster that it follows, and declare this one under 'recovery'");
      }
    }
    boolean any =
        List.of("scope", "bootstrap", "postgresql", "ttl", "loop_wait", "synchronous_mode").stream()
            .anyMatch(key -> root.get(key).present());
    if (!any) {
      problems.error(
          root,
          "neither 'scope' nor 'postgresql' nor 'ttl': this is no Patroni configuration",
          "Give a node's patroni.yml, or what patronictl show-config prints");
    }
  }

  private void names(YamlNode root) {
    YamlNode scope = root.get("scope");
    if (scope.present()) {
      site.scope = SafeValue.scope(scope.raw()) ? scope.raw() : kept(scope, "scope", site.scope);
    } else {
      site.note(place(root), "scope", "this file tells none: the environment is called adopted");
    }
    YamlNode name = root.get("name");
    if (name.present()) {
      site.node = kept(name, "name", "member1");
    }
  }

  /** A name as it is, or as near as a lab can have it. */
  private String kept(YamlNode at, String what, String otherwise) {
    if (SafeValue.name(at.raw())) {
      return at.raw();
    }
    String shortened = SafeValue.shortened(at.raw());
    String taken = shortened.isEmpty() ? otherwise : shortened;
    site.note(place(at), what, "a lab cannot be called so: it is '" + taken + "' there");
    return taken;
  }

  /** How many there are, and how they are secured; who they are is told to nobody. */
  private void etcd(YamlNode root) {
    YamlNode etcd = root.get("etcd3").present() ? root.get("etcd3") : root.get("etcd");
    if (!etcd.present()) {
      return;
    }
    YamlNode hosts = etcd.get("hosts");
    List<String> all =
        hosts.items().isEmpty()
            ? List.of((hosts.present() ? hosts : etcd.get("host")).raw().split("[, ]+"))
            : hosts.texts();
    long count = all.stream().filter(h -> !h.isBlank()).distinct().count();
    // One contact tells of no others: Patroni learns of them from it.
    if (count < 2 || count > 7) {
      site.note(place(etcd), "etcd", "how many members it has is not told here: three are built");
    } else {
      site.etcd = (int) count;
      site.etcdHosts.addAll(all.stream().map(PatroniFile::host).toList());
    }
    YamlNode protocol = etcd.get("protocol");
    site.etcdSecurity =
        new EtcdSecurity(
            protocol.present() && protocol.raw().equals("https"), etcd.get("username").present());
    if (site.etcdSecurity.tls() && !etcd.get("cert").present()) {
      site.note(
          place(protocol), "etcd.protocol", "the lab's etcd asks clients for a certificate, too");
    }
  }

  private static String host(String endpoint) {
    return endpoint.strip().replaceFirst("^https?://", "").replaceFirst(":[0-9]+/?$", "");
  }

  private void dynamic(YamlNode dynamic) {
    dynamic
        .fields()
        .forEach(
            (key, at) -> {
              switch (key) {
                case "postgresql" -> dynamicPostgresql(at);
                case "slots" -> slots(at);
                case "standby_cluster", "ignore_slots" -> {}
                default -> setting(key, at);
              }
            });
  }

  private void setting(String key, YamlNode at) {
    if (PatroniConfigurationChecks.isKnown(key) && at.kind() == YamlNode.Kind.SCALAR) {
      if (SafeValue.plain(at.raw()) || at.raw().equals("quorum")) {
        Object value = at.plain();
        site.patroni.put(key, value == null ? at.raw() : value);
        return;
      }
    }
    if (!SILENT.contains(key)) {
      site.note(place(at), key, "left out: no key of Patroni's dynamic configuration");
    }
  }

  private void slots(YamlNode slots) {
    Map<String, Object> all = new LinkedHashMap<>();
    slots
        .fields()
        .forEach(
            (name, at) -> {
              String type = at.get("type").text("physical");
              if (type.equals("physical")
                  && name.matches("[a-z0-9_]{1,63}")
                  && SafeValue.key(name)) {
                all.put(name, Map.of("type", "physical"));
              } else {
                site.note(
                    place(at),
                    "slots." + name,
                    "left out: write it down with a name and a database of the lab");
              }
            });
    if (!all.isEmpty()) {
      site.patroni.put("slots", all);
    }
  }

  private void dynamicPostgresql(YamlNode postgresql) {
    parameters.read(postgresql.get("parameters"));
    section(postgresql);
  }

  private void local(YamlNode root) {
    YamlNode postgresql = root.get("postgresql");
    if (root.get("scope").present() || root.get("bootstrap").present()) {
      parameters.read(postgresql.get("parameters"));
      section(postgresql);
    }
    YamlNode watchdog = root.get("watchdog");
    if (watchdog.present()
        && !Set.of("off", "false").contains(watchdog.get("mode").text("automatic"))) {
      site.lacks(UnsupportedSiteFeature.WATCHDOG, place(watchdog), "watchdog");
    }
    YamlNode method = root.at("bootstrap", "method");
    if (method.present() && !method.raw().equals("initdb")) {
      site.lacks(UnsupportedSiteFeature.BOOTSTRAP, place(method), "bootstrap.method");
    }
    tags(root.get("tags"));
  }

  private void section(YamlNode postgresql) {
    postgresql
        .fields()
        .forEach(
            (key, at) -> {
              if (PatroniPostgresqlChecks.isKnown(key) && SafeValue.plain(at.raw())) {
                Object value = at.plain();
                site.postgresql.put(key, value == null ? at.raw() : value);
              } else if (key.equals("callbacks") && !at.fields().isEmpty()) {
                site.lacks(UnsupportedSiteFeature.CALLBACKS, place(at), "postgresql.callbacks");
              } else if (Set.of("pre_promote", "before_stop").contains(key)) {
                site.lacks(UnsupportedSiteFeature.PROMOTION_SCRIPT, place(at), "postgresql." + key);
              } else if (key.startsWith("create_replica_method") && own(at)) {
                site.lacks(UnsupportedSiteFeature.BOOTSTRAP, place(at), "postgresql." + key);
              } else if (Set.of("pg_hba", "pg_ident", "custom_conf", "recovery_conf")
                  .contains(key)) {
                site.note(place(at), "postgresql." + key, "left out: the lab writes its own");
              }
            });
  }

  private static boolean own(YamlNode methods) {
    List<String> names = methods.items().isEmpty() ? List.of(methods.raw()) : methods.texts();
    return names.stream().anyMatch(name -> !name.isBlank() && !name.equals("basebackup"));
  }

  private void tags(YamlNode tags) {
    Map<String, Object> kept = new LinkedHashMap<>();
    tags.fields()
        .forEach(
            (name, at) -> {
              Object value = at.plain();
              if (!TAGS.contains(name) || value == null) {
                site.note(place(at), "tags." + name, "left out: a tag of the site's own");
              } else if (name.equals("replicatefrom")) {
                site.note(place(at), "tags." + name, "left out: write it with names of the lab");
              } else if (value instanceof Boolean || PatroniValue.whole(at.raw()) != null) {
                kept.put(name, value);
              } else {
                site.note(place(at), "tags." + name, "left out: neither true, false nor a number");
              }
            });
    if (!kept.isEmpty() && !site.node.isEmpty()) {
      site.tags.put(site.node, kept);
    }
  }

  /** File and line. */
  static String place(YamlNode at) {
    return at.file() + ":" + at.line();
  }
}
