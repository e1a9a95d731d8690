package io.drillyard.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The harness, as the consumer of a declared replication slot, moved it up to what the leader had
 * flushed; or found that it cannot.
 *
 * @param member the leader that was asked
 * @param slot name
 * @param fromLsn where the slot stood before: what a consumer would be sent from there on; 0 when
 *     there is no slot, or it reserves nothing
 * @param toLsn where it stands now, and what a consumer has confirmed; 0 when it was not moved
 * @param problem why it was not moved; null when it was. {@link #GONE} when there is no such slot
 */
public record SlotConsumed(
    Interval at, String member, String slot, long fromLsn, long toLsn, @Nullable String problem)
    implements Event.Apart {
  /** The member answered, and has no such slot. */
  public static final String GONE = "no such slot";

  /** The member answered, and the WAL that the slot needs is no longer there. */
  public static final String LOST = "the WAL that it needs is lost";
}
