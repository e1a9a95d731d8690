package io.drillyard.declaration;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a context declares of its replicas, in an environment.
 *
 * @param sites names of those that hold members when a drill begins: of the cluster that serves,
 *     and of those that follow it, directly or through others
 */
public record ReplicaTarget(DeclaredReplicas declared, List<String> sites) {
  /** In that environment. */
  static ReplicaTarget of(DeclaredReplicas declared, Environment environment) {
    Set<String> sites = new TreeSet<>();
    Deque<ClusterPlan> open = new ArrayDeque<>(List.of(environment.serving()));
    while (!open.isEmpty()) {
      ClusterPlan cluster = open.removeFirst();
      cluster.members().forEach(m -> sites.add(environment.inventory().host(m).site()));
      open.addAll(environment.followers(cluster));
    }
    return new ReplicaTarget(declared, List.copyOf(sites));
  }

  /** False where something is declared of other sites, and there is none to compare it with. */
  public boolean comparesOtherSites() {
    return declared.otherSites() == null || sites.size() > 1;
  }
}
