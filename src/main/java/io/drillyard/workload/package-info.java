/**
 * Clients that write: open-loop, each write one transaction, each outcome classified by what the
 * client may truly believe.
 *
 * <p>Knows JDBC addresses and the ledger; knows nothing of hosts, clusters, faults or verdicts.
 */
@NullMarked
package io.drillyard.workload;

import org.jspecify.annotations.NullMarked;
