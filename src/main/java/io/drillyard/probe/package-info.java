/**
 * Observers: they look at every member, at the leader key and at Patroni over the management
 * network, independent of each other and of the workload, and write down what they see.
 *
 * <p>A probe must not disturb what it watches: one outstanding request per member and kind, bounded
 * waits, its cost measured. Knows JDBC, HTTP and the ledger; knows nothing of faults or verdicts.
 */
@NullMarked
package io.drillyard.probe;

import org.jspecify.annotations.NullMarked;
