package io.drillyard.ledger;

import java.util.List;
import java.util.Map;

/**
 * A cluster that is to take over says how far it holds the history of a token.
 *
 * @param at of the look
 * @param token its id
 * @param cluster scope of the one that is to take over
 * @param member that would lead
 * @param systemIdentifier of its control file
 * @param timeline of the last checkpoint that it replayed
 * @param history of that timeline, oldest fork first
 * @param replayedLsn last replayed position
 * @param rows newest row of every writer that it holds
 */
public record TokenProved(
    Interval at,
    String token,
    String cluster,
    String member,
    String systemIdentifier,
    int timeline,
    List<Event.Fork> history,
    long replayedLsn,
    Map<String, Long> rows)
    implements PromotionEvent {}
