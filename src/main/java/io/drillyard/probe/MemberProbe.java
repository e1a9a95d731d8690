package io.drillyard.probe;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Event.ProbeResult;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.Ledger;
import io.drillyard.ledger.PacedWait;
import io.drillyard.workload.WorkloadSchema;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks one member over and over: can a transaction commit here now?
 *
 * <p>One connection, one request outstanding. The member's role is not believed from anywhere else:
 * a standby is asked whether it still is one, and as soon as it says no, the same look writes.
 */
final class MemberProbe implements AutoCloseable {
  private static final Duration RETRY = Duration.ofMillis(75);
  private static final long HISTORY_RETRY_NS = Duration.ofSeconds(1).toNanos();
  private static final String READ_ONLY = "25006";
  private static final String COMMIT =
      "INSERT INTO "
          + WorkloadSchema.PROBE
          + " AS p (member, at, n) VALUES (?, clock_timestamp(), 1) ON CONFLICT (member) DO UPDATE"
          + " SET at = excluded.at, n = p.n + 1"
          + " RETURNING pg_walfile_name(pg_current_wal_lsn()), pg_current_wal_insert_lsn()::text";

  private final Ledger ledger;
  private final MemberAddress member;
  private final SuperuserLogin login;
  private final ProbeSettings settings;
  private final LatestObservations facts;
  private final HangWatch hang;
  private final ProbeLoop loop;
  private final ProbeLoop watch;

  // Used by the probing thread only.
  private @Nullable Connection connection;
  private @Nullable PreparedStatement commit;
  private boolean standby = true;
  private int historyOf;
  private long historyTriedNs = Long.MIN_VALUE / 2;

  @SuppressWarnings("this-escape")
  MemberProbe(
      Ledger ledger,
      MemberAddress member,
      SuperuserLogin login,
      ProbeSettings settings,
      LatestObservations facts) {
    this.ledger = ledger;
    this.member = member;
    this.login = login;
    this.settings = settings;
    this.facts = facts;
    this.hang = new HangWatch(ledger, member.name(), settings.limit(), this::record);
    this.loop = new ProbeLoop("probe of " + member.name(), ledger, settings.every(), this::look);
    this.watch =
        new ProbeLoop("hang watch of " + member.name(), ledger, settings.every(), hang::look);
  }

  private void look() throws InterruptedException {
    long start = ledger.now();
    hang.begin(start, standby);
    try {
      Connection open = connected();
      if (standby) {
        WalPosition position = WalPosition.read(open);
        standby = position.inRecovery();
        if (standby) {
          hang.end();
          record(start, ProbeResult.READ_ONLY, position, null);
          readHistory(open, position.timeline());
          return;
        }
        // Promoted: see in the same look whether it also lets a transaction commit.
        start = ledger.now();
        hang.begin(start, false);
      }
      WalPosition position = commit(open);
      hang.end();
      record(start, ProbeResult.COMMITTED, position, null);
      readHistory(open, position.timeline());
    } catch (SQLException e) {
      hang.end();
      failed(start, e);
      if (connection == null) {
        PacedWait.pause(RETRY);
      }
    }
  }

  private Connection connected() throws SQLException {
    Connection open = connection;
    if (open == null) {
      // The driver's own limit on silence ends a hung look, in every phase, by closing the socket.
      open = login.connectToCommit(member, Event.Probed.SESSION, settings.longest());
      connection = open;
      standby = true;
    }
    return open;
  }

  private WalPosition commit(Connection open) throws SQLException {
    PreparedStatement statement = commit;
    if (statement == null) {
      statement = open.prepareStatement(COMMIT);
      statement.setString(1, member.name());
      commit = statement;
    }
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return new WalPosition(
          false, WalPosition.timelineOf(row.getString(1)), WalPosition.lsn(row.getString(2)), 0);
    }
  }

  private void failed(long start, SQLException e) {
    ProbeResult result = resultOf(e);
    WalPosition where = new WalPosition(standby, 0, 0, 0);
    if (result == ProbeResult.READ_ONLY) {
      // It answered: the connection is good; the next look asks for the role.
      standby = true;
    } else {
      disconnect();
    }
    record(start, result, where, brief(e));
  }

  /** State and the beginning of the text: it may come forty times a second. */
  private static String brief(SQLException e) {
    if (refused(e)) {
      // In our own words: the driver translates its own.
      return e.getSQLState() + ": connection " + Event.Probed.REFUSED;
    }
    String text =
        e.getSQLState() + ": " + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }

  /** The host answered, and no server listens there. */
  static boolean refused(SQLException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException connect) {
        return String.valueOf(connect.getMessage()).contains(Event.Probed.REFUSED);
      }
    }
    return false;
  }

  /** What a failed look says of the member. */
  static ProbeResult resultOf(SQLException e) {
    String state = e.getSQLState();
    if (READ_ONLY.equals(state)) {
      return ProbeResult.READ_ONLY;
    }
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException timeout) {
        // The driver words a silent host and a silent server differently; so do we.
        boolean connecting = String.valueOf(timeout.getMessage()).contains("onnect");
        return connecting ? ProbeResult.UNREACHABLE : ProbeResult.HUNG;
      }
    }
    return state != null && state.startsWith("08") ? ProbeResult.UNREACHABLE : ProbeResult.ERROR;
  }

  /** Reads the history of a timeline seen for the first time; it decides which branch this is. */
  private void readHistory(Connection open, int timeline) throws SQLException {
    long now = ledger.now();
    if (timeline == 0 || timeline == historyOf || now - historyTriedNs < HISTORY_RETRY_NS) {
      return;
    }
    historyTriedNs = now;
    var history = MemberHistory.read(ledger, open, member.name(), timeline);
    if (history.isPresent()) {
      historyOf = timeline;
      ledger.append(history.get());
    }
  }

  private void record(long start, ProbeResult result, WalPosition at, @Nullable String error) {
    record(
        new Event.Probed(
            new Interval(start, ledger.now()),
            member.name(),
            result,
            at.inRecovery(),
            at.timeline(),
            at.lsn(),
            at.replayLsn(),
            error));
  }

  private void record(Event.Probed probed) {
    ledger.append(probed);
    facts.probed(probed);
  }

  private void disconnect() {
    Connection old = connection;
    connection = null;
    commit = null;
    // Another server may answer next time, with another past.
    historyOf = 0;
    if (old != null) {
      try {
        old.close();
      } catch (SQLException ignored) {
        // It was of no more use.
      }
    }
  }

  @Override
  public void close() {
    watch.close();
    loop.close();
    disconnect();
  }
}
