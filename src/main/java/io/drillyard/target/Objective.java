package io.drillyard.target;

import java.time.Duration;

/**
 * What one context declares for one disruption.
 *
 * @param failover who may promote
 * @param rto longest time from the injection (or from the heal, see {@code servesWhileHeld}) to
 *     recovered service
 * @param rpo most that may be lost
 * @param redundancy longest time from the heal until every declared standby streams again
 * @param servesWhileHeld true: service must recover while the fault is still in force; false: no
 *     recovery is expected before the heal, and RTO runs from the heal
 */
public record Objective(
    Disruption disruption,
    FailoverMode failover,
    Duration rto,
    Rpo rpo,
    Duration redundancy,
    boolean servesWhileHeld) {}
