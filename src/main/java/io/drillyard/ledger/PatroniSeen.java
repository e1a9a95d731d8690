package io.drillyard.ledger;

/**
 * Patroni's REST answer, once a second.
 *
 * @param role Patroni's word; {@code unreachable} when it did not answer
 */
public record PatroniSeen(
    Interval at, String member, String role, String state, int timeline, boolean paused)
    implements Event.Apart {}
