package io.drillyard.declaration;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bounded context with everything that it declares.
 *
 * @param withinSite replication inside a site: {@code synchronous} or {@code asynchronous}
 * @param acrossSites cross-site replication: {@code required}, {@code optional}, {@code
 *     not-assumed}
 * @param replicas how many standbys there are where; null: not declared
 * @param objectives per disruption; a disruption that is absent cannot be drilled
 * @param backupAge oldest acceptable last backup
 * @param proofCadence longest time between two proofs by restore
 */
public record BoundedContext(
    String name,
    String description,
    String rpoClass,
    String rtoClass,
    String withinSite,
    String acrossSites,
    @Nullable DeclaredReplicas replicas,
    Map<Disruption, Objective> objectives,
    Duration backupAge,
    Duration proofCadence) {
  /** What it declares of its replicas, in an environment; null: nothing. */
  public @Nullable ReplicaTarget replicas(Environment environment) {
    return replicas == null ? null : ReplicaTarget.of(replicas, environment);
  }

  /** The database that holds this context: its name with underscores. */
  public String database() {
    return name.replace('-', '_');
  }
}
