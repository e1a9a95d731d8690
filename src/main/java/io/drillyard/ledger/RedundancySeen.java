package io.drillyard.ledger;

import java.util.List;

/**
 * Before a planned hand-over somebody looked whether redundancy is back on both sides: a second
 * switch before that would leave the only copy alone.
 *
 * @param from scope of the cluster that serves
 * @param to scope of the one that is to take over
 * @param missing why it is not back, in words; empty: it is
 * @param expected the plan wants it not to be, and the hand-over not to begin
 */
public record RedundancySeen(
    Interval at, String from, String to, List<String> missing, boolean expected)
    implements PromotionEvent {}
