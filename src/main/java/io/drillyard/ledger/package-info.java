/**
 * The record of a drill: what was done and what was seen, on one monotonic clock.
 *
 * <p>A leaf: knows nothing of hosts, clusters, targets or verdicts. Everything above writes here or
 * reads from here.
 */
@NullMarked
package io.drillyard.ledger;

import org.jspecify.annotations.NullMarked;
