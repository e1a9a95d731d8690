package io.drillyard.ledger;

/**
 * A further episode of a drill began: what comes now has an injection, a read-back and a target of
 * its own. The first begins with the ledger, and no event says so.
 *
 * @param number of the episode, from 2
 * @param name that the plan gives to it
 */
public record EpisodeBegan(Interval at, int number, String name) implements Event.Apart {}
