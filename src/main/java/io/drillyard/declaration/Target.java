package io.drillyard.declaration;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * All that a judge needs to know besides the ledger. Stored beside it, so that a stored run can be
 * judged again.
 *
 * @param context name of the bounded context
 * @param objective what the context declares for the drilled disruption
 * @param outageThreshold a gap between surviving routed acknowledgements longer than this is an
 *     outage
 * @param routedRate scheduled routed writes per second, all sites together
 * @param leastLoad share (0 to 1) of the scheduled routed writes that must be acknowledged in the
 *     steady phases for the load to count as adequate
 * @param steady least length of the steady phase before the fault and after recovery
 * @param declaredSynchronous the context declares synchronous replication within a site
 * @param control null, or the check that must not be met: the drill is a known-unsafe control
 * @param survivingCluster Patroni scope of the cluster that must hold the data at the end
 * @param service from when on a client counts as served again; null in records from before it was
 *     declared: {@link ServiceLevel#USUAL}
 * @param replicas how many standbys the context declares where; null: not declared
 */
public record Target(
    String context,
    Objective objective,
    Duration outageThreshold,
    double routedRate,
    double leastLoad,
    Duration steady,
    boolean declaredSynchronous,
    @Nullable String control,
    String survivingCluster,
    @Nullable ServiceLevel service,
    @Nullable ReplicaTarget replicas) {

  /** One that declares nothing of replicas. */
  public Target(
      String context,
      Objective objective,
      Duration outageThreshold,
      double routedRate,
      double leastLoad,
      Duration steady,
      boolean declaredSynchronous,
      @Nullable String control,
      String survivingCluster,
      @Nullable ServiceLevel service) {
    this(
        context,
        objective,
        outageThreshold,
        routedRate,
        leastLoad,
        steady,
        declaredSynchronous,
        control,
        survivingCluster,
        service,
        null);
  }

  /** One that declares nothing of its own of when a client is served. */
  public Target(
      String context,
      Objective objective,
      Duration outageThreshold,
      double routedRate,
      double leastLoad,
      Duration steady,
      boolean declaredSynchronous,
      @Nullable String control,
      String survivingCluster) {
    this(
        context,
        objective,
        outageThreshold,
        routedRate,
        leastLoad,
        steady,
        declaredSynchronous,
        control,
        survivingCluster,
        null);
  }

  /** From when on a client counts as served again. */
  public ServiceLevel serviceLevel() {
    return service == null ? ServiceLevel.USUAL : service;
  }

  /**
   * In words that ledgers keep: service and replicas are told only where they are declared, so that
   * older ledgers still tell the target that they are judged by.
   */
  @Override
  public String toString() {
    return "Target[context=%s, objective=%s, outageThreshold=%s, routedRate=%s, leastLoad=%s, steady=%s, declaredSynchronous=%s, control=%s, survivingCluster=%s%s%s]"
        .formatted(
            context,
            objective,
            outageThreshold,
            routedRate,
            leastLoad,
            steady,
            declaredSynchronous,
            control,
            survivingCluster,
            service == null ? "" : ", service=" + service,
            replicas == null ? "" : ", replicas=" + replicas);
  }
}
