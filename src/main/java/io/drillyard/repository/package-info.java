/**
 * Object stores that hold backups and WAL, each by its own client, over TLS verified against a
 * given CA. Failures have the same kinds for all; what not every store has is asked of the store.
 *
 * <p>Knows no host: a store is an endpoint. A client is loaded when a store of its kind is opened,
 * and not before.
 */
@NullMarked
package io.drillyard.repository;

import org.jspecify.annotations.NullMarked;
