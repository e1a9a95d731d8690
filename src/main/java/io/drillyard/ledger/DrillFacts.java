package io.drillyard.ledger;

import java.util.List;
import java.util.Map;

/**
 * What is known of a drill only at its end, and is no observation with a time of its own.
 *
 * @param versions of PostgreSQL, Patroni, etcd, pgBackRest, HAProxy, image …
 * @param configuration SHA-256 of every collected file as it was on the node (before passwords were
 *     withheld), by host and path
 * @param storage what the storage under nodes and repository proves
 * @param backup label, start, stop and size of the backup taken, if any
 * @param observations remarks for the reader
 */
public record DrillFacts(
    Map<String, String> versions,
    Map<String, String> configuration,
    String storage,
    Map<String, String> backup,
    List<String> observations) {}
