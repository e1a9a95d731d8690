package io.drillyard.ledger;

/** What happens in a planned hand-over from one cluster to another alone. */
public sealed interface HandoverEvent extends Event.Apart
    permits HandoverToken, TokenDecided, TokenProved {}
