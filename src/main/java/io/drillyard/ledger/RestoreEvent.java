package io.drillyard.ledger;

/** What happens in a restore test alone. */
public sealed interface RestoreEvent extends Event.Apart
    permits RestoreControl, RestoreOrdered, RungLooked, RungUntried {}
