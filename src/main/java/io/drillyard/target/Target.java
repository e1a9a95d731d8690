package io.drillyard.target;

import java.time.Duration;

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
 */
public record Target(
    String context,
    Objective objective,
    Duration outageThreshold,
    double routedRate,
    double leastLoad,
    Duration steady,
    boolean declaredSynchronous,
    @org.jspecify.annotations.Nullable String control,
    String survivingCluster) {}
