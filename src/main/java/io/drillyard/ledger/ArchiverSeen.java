package io.drillyard.ledger;

import org.jspecify.annotations.Nullable;

/** pg_stat_archiver of a member. */
public record ArchiverSeen(
    Interval at,
    String member,
    long archived,
    long failed,
    @Nullable String lastArchived,
    @Nullable String lastFailed)
    implements Event.Apart {}
