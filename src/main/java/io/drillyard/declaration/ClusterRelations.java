package io.drillyard.declaration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold between the clusters of an environment: what each is to another, and apart. */
final class ClusterRelations {
  private final ClusterChecks hosts;
  private final DeclarationProblems problems;

  ClusterRelations(ClusterChecks hosts, DeclarationProblems problems) {
    this.hosts = hosts;
    this.problems = problems;
  }

  /** All of them. */
  void check(YamlNode clusters, YamlNode repositoryHost) {
    Map<String, YamlNode> all = clusters.fields();
    serving(clusters);
    all.forEach((name, cluster) -> part(name, cluster, all));
    circles(clusters);
    List<String> names = new ArrayList<>(all.keySet());
    for (int i = 0; i < names.size(); i++) {
      for (int j = 0; j < i; j++) {
        apart(names.get(j), clusters.get(names.get(j)), names.get(i), clusters.get(names.get(i)));
      }
    }
    all.forEach((name, cluster) -> sites(cluster, all));
    repository(all, repositoryHost);
  }

  private static boolean serves(YamlNode cluster) {
    return Boolean.TRUE.equals(cluster.get("serves").value());
  }

  private void serving(YamlNode clusters) {
    List<YamlNode> serving =
        clusters.fields().values().stream().filter(ClusterRelations::serves).toList();
    if (serving.isEmpty() && clusters.present() && !clusters.fields().isEmpty()) {
      problems.error(
          clusters,
          "none of the clusters serves",
          "Write 'serves: true' under the one that clients use at the start");
    }
    serving.stream()
        .skip(1)
        .forEach(
            more ->
                problems.error(
                    more.get("serves"),
                    "two clusters serve at the start, the first at line " + serving.get(0).line(),
                    "Delete this line: what it is to the other one says 'follows' or"
                        + " 'restored_from'"));
  }

  /** What one is to the others: it serves, or it depends on one of them. */
  private void part(String name, YamlNode cluster, Map<String, YamlNode> all) {
    if (cluster.get("mode").present()) {
      problems.error(
          cluster.get("mode"),
          "'mode' is no longer read",
          "Write 'follows: NAME' with the name of the cluster that this one follows");
    }
    YamlNode follows = cluster.get("follows");
    YamlNode restored = cluster.get("restored_from");
    if (follows.present() && restored.present()) {
      problems.error(
          restored,
          "'" + name + "' follows a cluster and is restored from one",
          "Delete one of the two lines");
    }
    YamlNode by = cluster.get("follows_by");
    if (by.present() && !follows.present()) {
      problems.error(
          by,
          "'" + name + "' follows no cluster, by whatever way",
          "Delete this line, or add 'follows: NAME'");
    }
    YamlNode followed = all.get(follows.raw());
    if (by.raw().equals("archive")
        && followed != null
        && followed.get("parameters").get("archive_timeout").text("0").matches("0[a-z]*")) {
      problems.error(
          by,
          "'%s' has no archive_timeout: who reads its archive alone may stay behind for any time"
              .formatted(follows.raw()),
          "Add archive_timeout, such as 60s, to the parameters of '%s'".formatted(follows.raw()));
    }
    for (YamlNode other : List.of(follows, restored)) {
      if (!other.present()) {
        continue;
      }
      if (serves(cluster)) {
        problems.error(
            other,
            "'" + name + "' serves at the start: it follows none and is restored from none",
            "Delete this line, or 'serves: true'");
      } else if (other.raw().equals(name) || !all.containsKey(other.raw())) {
        problems.error(
            other,
            "'" + other.raw() + "' is no other cluster of this environment",
            NameSuggestion.remedy(
                other.raw(), all.keySet().stream().filter(n -> !n.equals(name)).toList()));
      }
    }
    if (!serves(cluster) && !follows.present() && !restored.present() && all.size() > 1) {
      problems.error(
          cluster,
          "'" + name + "' does not say what it is to the other clusters",
          "Add 'restored_from: NAME' or 'follows: NAME' with the name of another one");
    }
  }

  private void circles(YamlNode clusters) {
    List<String> order = ClustersFile.order(clusters);
    clusters
        .fields()
        .forEach(
            (name, cluster) -> {
              String other = ClustersFile.dependsOn(cluster);
              if (!order.contains(name)
                  && clusters.fields().containsKey(other)
                  && !other.equals(name)) {
                problems.error(
                    cluster,
                    "'" + name + "' depends on '" + other + "', and in a circle on itself",
                    "Let one of them serve, and depend on none");
              }
            });
  }

  /** What two clusters must not share. */
  private void apart(String name, YamlNode first, String otherName, YamlNode other) {
    if (ClustersFile.scope(name, first).equals(ClustersFile.scope(otherName, other))) {
      problems.error(
          other.get("scope"),
          "'%s' and '%s' have the scope '%s'"
              .formatted(name, otherName, ClustersFile.scope(name, first)),
          "Choose another: the pgBackRest stanza follows it");
    }
    String folder = ClustersFile.folder(otherName, other);
    if (folder.equals(ClustersFile.folder(name, first))) {
      problems.error(
          other.get(other.get("repository_path").present() ? "repository_path" : "scope"),
          "'%s' and '%s' archive to '%s'".formatted(name, otherName, folder),
          "Give one of them a repository_path of its own: two clusters archiving to one place"
              + " destroy each other's history");
    }
    for (String list : new String[] {"members", "etcd"}) {
      Set<String> taken = Set.copyOf(first.get(list).texts());
      for (YamlNode item : other.get(list).items()) {
        if (taken.contains(item.raw())) {
          problems.error(
              item,
              "'%s' is in '%s' of both '%s' and '%s'".formatted(item.raw(), list, name, otherName),
              "Name another host: names are unique across clusters");
        }
      }
    }
    if (other.get("follows").raw().equals(name)) {
      slot(first, ClustersFile.scope(otherName, other));
    } else if (first.get("follows").raw().equals(otherName)) {
      slot(other, ClustersFile.scope(name, first));
    }
  }

  private void slot(YamlNode followed, String scope) {
    new DeclaredSlotChecks(problems)
        .apart(followed.at("patroni", "slots"), ClusterPlan.slotName(scope));
  }

  /** Whoever takes over must not be lost with the one that he takes over from. */
  private void sites(YamlNode cluster, Map<String, YamlNode> all) {
    YamlNode source = all.get(ClustersFile.dependsOn(cluster));
    if (source == null || source.equals(cluster)) {
      return;
    }
    Set<String> lost = hosts.sites(source);
    for (String list : new String[] {"members", "etcd"}) {
      for (YamlNode item : cluster.get(list).items()) {
        if (lost.contains(hosts.site(item))) {
          problems.error(
              item,
              "host '%s' stands at %s, a site of '%s', which this cluster is to take over from"
                  .formatted(item.raw(), hosts.site(item), ClustersFile.dependsOn(cluster)),
              "Name a host of another site: this one is lost together with that cluster");
        }
      }
    }
  }

  private void repository(Map<String, YamlNode> all, YamlNode repositoryHost) {
    for (YamlNode cluster : all.values()) {
      if (serves(cluster)
          && all.size() > 1
          && hosts.sites(cluster).contains(hosts.site(repositoryHost))) {
        problems.warning(
            repositoryHost,
            "the repository stands at the serving cluster's site " + hosts.site(repositoryHost),
            "Move host '"
                + repositoryHost.raw()
                + "' to another site, or nothing can be restored after a site loss");
      }
    }
  }
}
