package io.drillyard.probe;

import io.drillyard.ledger.ArchiverSeen;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.Ledger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks a member, while it is a primary, what it says of its standbys and of its archiver; where
 * standbys may stream from standbys, also a standby. On a connection of its own: it must still
 * answer while a synchronous commit hangs, and it alone can tell that such a commit waits for a
 * standby, and was not acknowledged.
 */
final class StandbyProbe implements AutoCloseable {
  private static final Duration SILENCE = Duration.ofSeconds(2);
  private static final String STANDBYS =
      """
      SELECT pg_is_in_recovery(),
        (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn()
          ELSE pg_current_wal_lsn() END)::text,
        (SELECT string_agg(DISTINCT a.application_name, ',') FROM pg_stat_activity a
          WHERE a.wait_event = 'SyncRep' AND a.application_name = 'drillyard probe'),
        r.application_name, r.state, r.sync_state, r.flush_lsn::text, r.replay_lsn::text,
        host(r.client_addr)
      FROM (SELECT 1) AS one LEFT JOIN pg_stat_replication r ON true
      ORDER BY r.application_name
      """;
  private static final String ARCHIVER =
      "SELECT archived_count, failed_count, last_archived_wal, last_failed_wal"
          + " FROM pg_stat_archiver";

  private final Ledger ledger;
  private final MemberAddress member;
  private final SuperuserLogin login;
  private final ProbeSettings settings;
  private final LatestObservations facts;
  private final boolean cascades;
  private final ProbeLoop loop;

  private @Nullable Connection connection;
  private long archiverDueNs;

  @SuppressWarnings("this-escape")
  StandbyProbe(
      Ledger ledger,
      MemberAddress member,
      SuperuserLogin login,
      ProbeSettings settings,
      LatestObservations facts,
      boolean cascades) {
    this.ledger = ledger;
    this.member = member;
    this.login = login;
    this.settings = settings;
    this.facts = facts;
    this.cascades = cascades;
    this.loop =
        new ProbeLoop("standbys of " + member.name(), ledger, settings.standbys(), this::look);
  }

  private void look() {
    if (!facts.primary(member.name()) && !(cascades && facts.standby(member.name()))) {
      disconnect();
      return;
    }
    try {
      Connection open = connection;
      if (open == null) {
        open = login.connect(member, "drillyard standbys", SILENCE);
        connection = open;
      }
      boolean primary = standbys(open);
      if (primary && ledger.now() >= archiverDueNs) {
        archiverDueNs = ledger.now() + settings.archiver().toNanos();
        ledger.append(archiver(open));
      }
    } catch (SQLException e) {
      // Not an observation of its own: the member's probe says what the member is like.
      disconnect();
    }
  }

  /** Reads the standbys of a member; true when that is a primary. */
  private boolean standbys(Connection open) throws SQLException {
    long start = ledger.now();
    boolean primary = false;
    long lsn = 0;
    String waiting = null;
    List<Event.Standby> standbys = new ArrayList<>();
    try (Statement statement = open.createStatement();
        ResultSet row = statement.executeQuery(STANDBYS)) {
      while (row.next()) {
        primary = !row.getBoolean(1);
        lsn = WalPosition.lsn(row.getString(2));
        waiting = row.getString(3);
        if (row.getString(4) != null) {
          standbys.add(
              new Event.Standby(
                  row.getString(4),
                  row.getString(5),
                  row.getString(6),
                  WalPosition.lsn(row.getString(7)),
                  WalPosition.lsn(row.getString(8)),
                  row.getString(9)));
        }
      }
    }
    if (primary) {
      Event.Standbys seen =
          new Event.Standbys(ledger.since(start), member.name(), lsn, List.copyOf(standbys));
      ledger.append(seen);
      facts.standbys(seen);
      if (waiting != null) {
        ledger.append(new Event.SyncWait(seen.at(), member.name(), List.of(waiting.split(","))));
      }
    } else if (cascades) {
      Event.Relayed seen =
          new Event.Relayed(ledger.since(start), member.name(), lsn, List.copyOf(standbys));
      ledger.append(seen);
      facts.relayed(seen);
    }
    return primary;
  }

  private ArchiverSeen archiver(Connection open) throws SQLException {
    long start = ledger.now();
    try (Statement statement = open.createStatement();
        ResultSet row = statement.executeQuery(ARCHIVER)) {
      row.next();
      return new ArchiverSeen(
          ledger.since(start),
          member.name(),
          row.getLong(1),
          row.getLong(2),
          row.getString(3),
          row.getString(4));
    }
  }

  private void disconnect() {
    Connection old = connection;
    connection = null;
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
    loop.close();
    disconnect();
  }
}
