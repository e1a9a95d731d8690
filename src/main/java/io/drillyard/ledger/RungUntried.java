package io.drillyard.ledger;

/**
 * A rung of a restore test that could not be looked at.
 *
 * @param rung its name in evidence
 * @param broke true when the harness failed at it; false when something before it made it
 *     impossible
 */
public record RungUntried(Interval at, String rung, boolean broke, String why)
    implements RestoreEvent {}
