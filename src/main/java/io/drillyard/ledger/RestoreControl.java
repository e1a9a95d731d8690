package io.drillyard.ledger;

import java.util.List;

/**
 * A restore test of a repository that was damaged, or was reached through trouble, and how it came
 * out.
 *
 * @param words what was done
 * @param rung name in evidence of the one that has to catch it; of what has to be overcome, of the
 *     last one
 * @param by names of all rungs that were missed
 * @param result {@code CAUGHT}, {@code NOT CAUGHT}, {@code OVERCOME}, {@code NOT OVERCOME} or
 *     {@code UNDETERMINED}
 */
public record RestoreControl(Interval at, String words, String rung, List<String> by, String result)
    implements RestoreEvent {}
