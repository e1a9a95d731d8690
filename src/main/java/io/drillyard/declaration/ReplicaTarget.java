package io.drillyard.declaration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a context declares of its replicas, in an environment.
 *
 * @param sites names of those that hold members when a drill begins: of the cluster that serves,
 *     and of those that stream from it, directly or through others
 */
public record ReplicaTarget(DeclaredReplicas declared, List<String> sites) {
  /** In that environment. */
  static ReplicaTarget of(DeclaredReplicas declared, Environment environment) {
    Set<String> sites = new TreeSet<>();
    for (ClusterPlan cluster : streaming(environment)) {
      cluster.members().forEach(m -> sites.add(environment.inventory().host(m).site()));
    }
    return new ReplicaTarget(declared, List.copyOf(sites));
  }

  /**
   * Why no drill in an environment can find as many standbys as are declared; null: it may.
   *
   * @param environment that this was made for
   */
  @Nullable String unreachable(Environment environment) {
    Map<String, Integer> members = new TreeMap<>();
    Set<String> leads = new TreeSet<>();
    for (ClusterPlan cluster : streaming(environment)) {
      for (String member : cluster.members()) {
        String site = environment.inventory().host(member).site();
        members.merge(site, cluster.streams(member) ? 1 : 0, Integer::sum);
        if (cluster.serves()) {
          leads.add(site);
        }
      }
    }
    int all = members.values().stream().mapToInt(n -> n).sum() - 1;
    int most = leads.stream().mapToInt(site -> members.getOrDefault(site, 0)).max().orElse(0) - 1;
    if (declared.together() != null && all < declared.together().standbys()) {
      return "%d standbys together, and there are %d"
          .formatted(declared.together().standbys(), all);
    }
    if (declared.servingSite() != null && most < declared.servingSite().standbys()) {
      return "%d standbys at the serving site, and there are %d"
          .formatted(declared.servingSite().standbys(), most);
    }
    DeclaredReplicas.AtLeast others = declared.otherSites();
    for (Map.Entry<String, Integer> site : members.entrySet()) {
      boolean other = !leads.equals(Set.of(site.getKey()));
      if (others != null && other && site.getValue() < others.standbys()) {
        return "%d standbys at each other site, and at %s there are %d"
            .formatted(others.standbys(), site.getKey(), site.getValue());
      }
    }
    return null;
  }

  /** The cluster that serves and those below it; who reads the archive alone is on no list. */
  private static List<ClusterPlan> streaming(Environment environment) {
    List<ClusterPlan> clusters = new ArrayList<>(List.of(environment.serving()));
    for (int next = 0; next < clusters.size(); next++) {
      environment.followers(clusters.get(next)).stream()
          .filter(follower -> !follower.byArchive())
          .forEach(clusters::add);
    }
    return clusters;
  }

  /** False where something is declared of other sites, and there is none to compare it with. */
  public boolean comparesOtherSites() {
    return declared.otherSites() == null || sites.size() > 1;
  }
}
