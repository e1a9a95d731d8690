package io.drillyard.declaration;

import io.drillyard.declaration.Environment.RepositoryState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The {@code clusters} of an environment's file. */
final class ClustersFile {
  /** What an environment had in place of them until clusters had names. */
  private static final String FORMER = "cluster";

  private ClustersFile() {}

  /** Refuses the keys of former files, each with the one that took its place. */
  static boolean former(YamlNode root, DeclarationProblems problems) {
    YamlNode cluster = root.get(FORMER);
    if (!cluster.present() || root.get("clusters").present()) {
      return false;
    }
    problems.error(
        cluster,
        "'cluster' with 'primary' and 'recovery' is no longer read: clusters have names",
        "Write 'clusters:' with a name for each, 'serves: true' under the one that clients use,"
            + " and 'restored_from: NAME' or 'follows: NAME' (for mode: standby) under another;"
            + " `drillyard migrate` does it");
    return true;
  }

  /** The folder below the repository's path that a cluster archives to. */
  static String folder(String name, YamlNode cluster) {
    return cluster.get("repository_path").text(scope(name, cluster));
  }

  /** Patroni's scope: the cluster's name, where none is declared. */
  static String scope(String name, YamlNode cluster) {
    return cluster.get("scope").text(name);
  }

  /** The name of the cluster that it follows or is restored from; empty for none. */
  static String dependsOn(YamlNode cluster) {
    return cluster.get("follows").text(cluster.get("restored_from").raw());
  }

  /**
   * The names in an order in which each comes after the one that it depends on; those that lie in a
   * circle, or behind one, are left out.
   */
  static List<String> order(YamlNode clusters) {
    List<String> order = new ArrayList<>();
    Set<String> left = new TreeSet<>(clusters.fields().keySet());
    boolean found = true;
    while (found) {
      found = false;
      for (String name : clusters.fields().keySet()) {
        String needs = dependsOn(clusters.get(name));
        if (left.contains(name) && (needs.isEmpty() || order.contains(needs))) {
          found |= left.remove(name);
          order.add(name);
        }
      }
    }
    return order;
  }

  /** The records of a file without errors, in the order in which they are built. */
  static List<ClusterPlan> bind(
      YamlNode clusters, RepositoryState repository, PostgresParameters known) {
    return order(clusters).stream()
        .map(name -> cluster(name, clusters.get(name), repository, known))
        .toList();
  }

  private static ClusterPlan cluster(
      String name, YamlNode cluster, RepositoryState repository, PostgresParameters known) {
    String base = repository.path().equals("/") ? "" : repository.path();
    return new ClusterPlan(
        name,
        cluster.get("kind").text("patroni"),
        Boolean.TRUE.equals(cluster.get("serves").value()),
        other(cluster.get("restored_from")),
        other(cluster.get("follows")),
        cluster.get("follows_by").raw().equals("archive"),
        scope(name, cluster),
        cluster.get("members").texts(),
        cluster.get("etcd").texts(),
        new EtcdSecurity(
            Boolean.TRUE.equals(cluster.get("etcd_security").get("tls").value()),
            Boolean.TRUE.equals(cluster.get("etcd_security").get("authentication").value())),
        plain(cluster.get("patroni")),
        parameters(cluster.get("parameters"), known),
        texts(cluster.get("pgbackrest")),
        base + "/" + folder(name, cluster),
        1,
        tags(cluster.get("tags")));
  }

  private static @Nullable String other(YamlNode name) {
    return name.present() ? name.raw() : null;
  }

  private static Map<String, Map<String, Object>> tags(YamlNode members) {
    Map<String, Map<String, Object>> tags = new LinkedHashMap<>();
    members.fields().forEach((member, own) -> tags.put(member, plain(own)));
    return tags;
  }

  private static Map<String, Object> plain(YamlNode map) {
    Map<String, Object> values = new LinkedHashMap<>();
    map.fields()
        .forEach(
            (key, value) -> {
              Object plain = value.plain();
              if (plain != null) {
                values.put(key, plain);
              }
            });
    return values;
  }

  /** By PostgreSQL's own names, in whatever case they are written. */
  private static Map<String, String> parameters(YamlNode map, PostgresParameters known) {
    Map<String, String> texts = new LinkedHashMap<>();
    map.fields()
        .forEach(
            (name, value) -> {
              PostgresParameter parameter = known.find(name);
              texts.put(parameter == null ? name : parameter.name(), value.raw());
            });
    return texts;
  }

  static Map<String, String> texts(YamlNode map) {
    Map<String, String> texts = new LinkedHashMap<>();
    map.fields().forEach((key, value) -> texts.put(key, value.raw()));
    return texts;
  }
}
