package io.drillyard.ledger;

/**
 * A timeline's history that is there and cannot be read: truncated, or not in its form.
 *
 * @param source as of {@link Event.HistorySeen}
 * @param name as of {@link Event.HistorySeen}
 * @param timeline 0 when unknown
 */
public record HistoryUnread(Interval at, String source, String name, int timeline, String problem)
    implements Event.Apart {}
