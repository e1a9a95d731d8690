package io.drillyard.ledger;

import tools.jackson.databind.JsonNode;

/**
 * What one rung of a restore test looked at, whole: its verdict follows from this and the rungs
 * before it.
 *
 * @param rung its name in evidence
 * @param look what was seen; its shape is the rung's
 */
public record RungLooked(Interval at, String rung, JsonNode look) implements RestoreEvent {}
