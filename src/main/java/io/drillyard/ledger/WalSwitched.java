package io.drillyard.ledger;

import org.jspecify.annotations.Nullable;

/**
 * At the end of a drill the serving leader was told to end its WAL segment, so that the archive can
 * be judged up to there.
 *
 * @param at from the order until its archiver was done with the segment, or was given up
 * @param cluster Patroni scope of the leader
 * @param timeline that it serves; 0 when nobody could be asked
 * @param segment the name of the segment that was ended; empty when none was
 * @param segmentBytes the cluster's size of segments; 0 when it is not known
 * @param archived the leader's archiver said that it is archived
 * @param problem why the order was not given, or the archiver not asked; null: both were
 */
public record WalSwitched(
    Interval at,
    String cluster,
    String member,
    int timeline,
    String segment,
    long segmentBytes,
    boolean archived,
    @Nullable String problem)
    implements Event.Apart {}
