package io.drillyard.check;

import io.drillyard.ledger.Event;

/**
 * What one look at one member proves of whether it lets transactions commit.
 *
 * <p>A look proves what it saw, and an error of any kind that is not named here is a gap in
 * watching. A write that was given up before it was sent saw nothing. SQLSTATE 25006 alone is no
 * proof: {@code default_transaction_read_only} gives it on a primary that lets others commit.
 * 57P01, 57P04 and 57P05 end one session and say nothing of the server; a refused login, a missing
 * table, a time-out or a full disk concern that one transaction.
 */
enum WritabilityLook {
  /** A transaction committed there. */
  COMMITTED,
  /** {@code pg_is_in_recovery()} was true in that very look. */
  IN_RECOVERY,
  /** Over management the connection was refused, or the server said 57P03 while connecting. */
  NO_SERVER,
  /** A commit was sent and not acknowledged: a second session saw its backend wait. */
  COMMIT_WAITS,
  /** A gap. */
  NOTHING;

  /** What an event proves; NOTHING also for an event that is no look. */
  static WritabilityLook of(Event event) {
    return switch (event) {
      case Event.Probed probe -> of(probe);
      // Over the data network only a commit proves anything: a cut refuses as well as a server.
      case Event.Write write -> !write.routed() && write.acknowledged() ? COMMITTED : NOTHING;
      case Event.SyncWait wait ->
          wait.sessions().contains(Event.Probed.SESSION) ? COMMIT_WAITS : NOTHING;
      default -> NOTHING;
    };
  }

  private static WritabilityLook of(Event.Probed probe) {
    String error = probe.error() == null ? "" : probe.error();
    return switch (probe.result()) {
      case COMMITTED -> COMMITTED;
      case READ_ONLY -> probe.inRecovery() ? IN_RECOVERY : NOTHING;
      case UNREACHABLE -> error.contains(Event.Probed.REFUSED) ? NO_SERVER : NOTHING;
      case ERROR -> error.startsWith(Event.Probed.CANNOT_CONNECT_NOW) ? NO_SERVER : NOTHING;
      case HUNG -> NOTHING;
    };
  }

  /** True when it tells whether the member let transactions commit. */
  boolean proves() {
    return this != NOTHING;
  }

  /** True when the server itself said who it is: nobody looked elsewhere. */
  boolean answered() {
    return this == COMMITTED || this == IN_RECOVERY || this == COMMIT_WAITS;
  }

  /** True when the member let nothing commit as a primary then. */
  boolean showsNoPrimary() {
    return this == IN_RECOVERY || this == NO_SERVER;
  }
}
