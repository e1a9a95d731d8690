package io.drillyard.workload;

import io.drillyard.ledger.WriteOutcome;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What the client of a failed write may believe.
 *
 * <p>REFUSED needs proof: either nothing was sent, or the server itself answered with an error of
 * severity ERROR whose SQLSTATE can only be raised before the commit record is written. (After it,
 * PostgreSQL turns any error into a PANIC: "cannot abort transaction, it was already committed".)
 * Everything else is UNKNOWN: the driver's own errors, because it may have failed while reading the
 * answer to a commit; FATAL, because a backend told to go away may have committed just before; and
 * a lost connection.
 */
public final class WriteFailureOutcomes {
  /** Our own state for a write that found no free connection in time; nothing was sent. */
  public static final String NO_FREE_CONNECTION = "DY001";

  /** invalid_authorization_specification: such as of a role that may not log in. */
  static final String MAY_NOT_LOG_IN = "28000";

  /**
   * Classes of SQLSTATE that the server raises while it plans or executes a statement: feature not
   * supported, data, constraint, transaction state (25006: read-only), statement name, cursor,
   * authorisation, catalogue and schema names, rollback, syntax and privileges, check option,
   * resources (53100: no room for the row; a full WAL at commit is a PANIC instead), program
   * limits, object state.
   */
  private static final Set<String> BEFORE_COMMIT =
      Set.of(
          "0A", "22", "23", "25", "26", "28", "34", "3D", "3F", "40", "42", "44", "53", "54", "55");

  /** "Statement completion unknown": the one member of class 40 that says the opposite. */
  private static final String COMPLETION_UNKNOWN = "40003";

  /** A server that takes no writes: another one might. */
  private static final String READ_ONLY = "25006";

  private WriteFailureOutcomes() {}

  /** The outcome of a write whose statement was handed to the driver and which then failed. */
  public static WriteOutcome afterSending(SQLException e) {
    ServerErrorMessage answer = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
    return answer == null
        ? WriteOutcome.UNKNOWN
        : afterSending(answer.getSQLState(), answer.getSeverity());
  }

  /**
   * The outcome of a write that the server answered with an error.
   *
   * @param sqlState null: it carried none
   * @param severity ERROR, FATAL or PANIC
   */
  static WriteOutcome afterSending(@Nullable String sqlState, @Nullable String severity) {
    boolean proof =
        sqlState != null
            && sqlState.length() == 5
            && "ERROR".equals(severity)
            && BEFORE_COMMIT.contains(sqlState.substring(0, 2))
            && !COMPLETION_UNKNOWN.equals(sqlState);
    return proof ? WriteOutcome.REFUSED : WriteOutcome.UNKNOWN;
  }

  /**
   * Whether a connection may be used again after this error. A routed client leaves a read-only
   * server, or it would stay with a demoted primary for ever; a pinned one has nowhere to go.
   */
  static boolean connectionSurvives(SQLException e, boolean routed) {
    String state = e.getSQLState();
    return afterSending(e) == WriteOutcome.REFUSED && !(routed && READ_ONLY.equals(state));
  }
}
