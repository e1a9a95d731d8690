/**
 * Object stores that hold backups and WAL: list and read, over TLS verified against a given CA.
 *
 * <p>Knows no host: a store is an endpoint.
 */
@NullMarked
package io.drillyard.repository;

import org.jspecify.annotations.NullMarked;
