package io.drillyard.ledger;

import java.util.List;
import java.util.Map;

/**
 * What a cluster that was shut down for a planned hand-over leaves: whoever takes over has to prove
 * that it holds the same history up to that point.
 *
 * @param at from before its control files were read until every client's last write was known
 * @param id unique in the repository
 * @param cluster scope of the one that was shut down
 * @param states what the control file of each member says, {@code shut down} of a leader and {@code
 *     shut down in recovery} of a standby
 * @param leader member that led last
 * @param systemIdentifier of its control file
 * @param timeline that it served
 * @param history of that timeline, oldest fork first
 * @param checkpointLsn of the shutdown checkpoint
 * @param endLsn end of the last record before that; with {@code archive_mode} a segment boundary
 * @param acknowledged highest sequence that each client was told is there, by writer
 */
public record HandoverToken(
    Interval at,
    String id,
    String cluster,
    Map<String, String> states,
    String leader,
    String systemIdentifier,
    int timeline,
    List<Event.Fork> history,
    long checkpointLsn,
    long endLsn,
    Map<String, Long> acknowledged)
    implements PromotionEvent {
  /** State of a leader whose control file says that it was shut down cleanly. */
  public static final String SHUT_DOWN = "shut down";

  /** The same of a standby. */
  public static final String SHUT_DOWN_IN_RECOVERY = "shut down in recovery";
}
