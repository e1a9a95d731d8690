/**
 * The system under test: etcd, Patroni with PostgreSQL, pgBackRest, HAProxy, and a server for each
 * kind of object store; start, ask, order.
 *
 * <p>Knows hosts and declarations; knows nothing of faults, checks or reports.
 */
@NullMarked
package io.drillyard.cluster;

import org.jspecify.annotations.NullMarked;
