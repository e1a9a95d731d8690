package io.drillyard.ledger;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A restore test was ordered: second event of its ledger, whose origin is the order.
 *
 * @param terms what was asked for, and by what it is judged
 * @param planned names of all tests of the run, in their order
 */
public record RestoreOrdered(Interval at, JsonNode terms, List<String> planned)
    implements RestoreEvent {}
