package io.drillyard.ledger;

/**
 * An order waits for a person to approve it.
 *
 * @param at when it was told that it waits
 * @param cluster scope of the cluster that is to be promoted
 * @param order what was ordered
 * @param longestMs how long it waits at most, milliseconds
 */
public record ApprovalWanted(
    Interval at, String cluster, ApprovalAsked.Order order, double longestMs)
    implements PromotionEvent {}
