package io.drillyard.probe;

import io.drillyard.ledger.Lsn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Where a member stands in the WAL.
 *
 * @param lsn inserted (primary) or received (standby); 0 unknown. Inserted, as client writes tell
 *     it: with synchronous_commit off the written position lies behind acknowledged commits
 * @param replayLsn 0 on a primary
 */
record WalPosition(boolean inRecovery, int timeline, long lsn, long replayLsn) {
  static final WalPosition UNKNOWN = new WalPosition(false, 0, 0, 0);

  // One statement for both roles. The control file's timeline lags after a promotion, so that a
  // primary is asked for its WAL file name and a standby for what it receives. Functions that a
  // role forbids stand in branches that are not taken.
  private static final String SQL =
      """
      SELECT r.standby,
        CASE WHEN NOT r.standby THEN pg_walfile_name(pg_current_wal_lsn()) END,
        CASE WHEN r.standby THEN coalesce(
          (SELECT received_tli FROM pg_stat_wal_receiver WHERE received_tli > 0),
          (SELECT timeline_id FROM pg_control_checkpoint())) END,
        CASE WHEN r.standby THEN pg_last_wal_receive_lsn()
          ELSE pg_current_wal_insert_lsn() END::text,
        CASE WHEN r.standby THEN pg_last_wal_replay_lsn() END::text
      FROM (SELECT pg_is_in_recovery() AS standby) r
      """;

  static WalPosition read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SQL)) {
      row.next();
      String file = row.getString(2);
      return new WalPosition(
          row.getBoolean(1),
          file == null ? row.getInt(3) : timelineOf(file),
          lsn(row.getString(4)),
          lsn(row.getString(5)));
    }
  }

  /** The timeline in a WAL file's name: its first eight hexadecimal digits. */
  static int timelineOf(String walFileName) {
    return Integer.parseUnsignedInt(walFileName.substring(0, 8), 16);
  }

  static long lsn(@Nullable String text) {
    return text == null ? 0 : Lsn.parse(text);
  }
}
