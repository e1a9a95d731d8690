package io.drillyard.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an old primary's WAL holds beyond the place at which the surviving timeline left its own,
 * read with pg_waldump before anything rewound it.
 *
 * @param forkLsn where the surviving timeline left it
 * @param endLsn where reading ended, at the first record that is not whole; 0 unknown
 * @param commits in the order of the WAL
 * @param copy file beside the ledger with the segments read; empty: none was kept
 * @param sha256 of that file
 * @param problem why it is not all of it, or null
 */
public record OrphanedWal(
    Interval at,
    String member,
    int timeline,
    long forkLsn,
    long endLsn,
    List<Commit> commits,
    String copy,
    String sha256,
    @Nullable String problem)
    implements Event.Apart {
  /** One commit record of WAL: the transaction, and where its record begins. */
  public record Commit(long xid, long lsn) {}
}
