package io.drillyard.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A restore test was ordered: second event of its ledger, whose origin is the order.
 *
 * @param terms what was asked for, and by what it is judged
 * @param planned names of all tests of the same order, in their order
 * @param run what the whole run is to be; null in ledgers from before runs held both restore tests
 *     and drills
 */
public record RestoreOrdered(
    Interval at, JsonNode terms, List<String> planned, @Nullable RunPlan run)
    implements RestoreEvent {}
