package io.drillyard.launch;

import io.drillyard.declaration.ClusterRef;
import io.drillyard.declaration.Disruption;
import io.drillyard.declaration.ReplicaTarget;
import io.drillyard.evidence.NotCheckedSentences;
import java.util.ArrayList;
import java.util.List;

/** What a drill does not check, told by every report: silence would read as a promise. */
final class NotChecked {
  private NotChecked() {}

  /** Its codes; {@link NotCheckedSentences} has the sentences. */
  static List<String> of(PlannedDrill part) {
    List<String> codes = new ArrayList<>(List.of("tls", "fsync"));
    if (!part.drill().survivor().equals(ClusterRef.SERVING)) {
      codes.addAll(List.of("restore-later", "people"));
    } else {
      codes.add("restore");
    }
    if (part.drill().disruption() == Disruption.STORM) {
      codes.add("storm-service");
      codes.add(part.target().declaredSynchronous() ? "storm-disks" : "storm-loss");
      codes.add("storm-seeds");
    }
    if (part.drill().episodes().stream().noneMatch(e -> e.disruption() == Disruption.FAILBACK)) {
      codes.add("failback");
    }
    boolean named = part.episodes().stream().anyMatch(e -> e.objective().approval() != null);
    if (named && part.drill().steps().stream().allMatch(s -> s.promotes() == null)) {
      codes.add("approvals");
    }
    ReplicaTarget replicas = part.target().replicas();
    if (replicas != null && !replicas.comparesOtherSites()) {
      codes.add("other-sites");
    }
    codes.add(NotCheckedSentences.OTHER_DATABASES + part.context().database());
    codes.add("failure-domains");
    codes.add("latency");
    if (!part.environment().route().kind().equals("haproxy")) {
      codes.add("proxy");
    }
    return List.copyOf(codes);
  }
}
