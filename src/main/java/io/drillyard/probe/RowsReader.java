package io.drillyard.probe;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.Ledger;
import io.drillyard.workload.WorkloadSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads back which rows a member really holds: the survivors after convergence, or the diverged
 * ones of an old primary before healing destroys them. Works on a primary and on a standby.
 */
public final class RowsReader {
  /** A host that stands still takes a connection and never says a word. */
  private static final Duration GREETING = Duration.ofSeconds(3);

  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final String BOTH =
      "(SELECT writer, seq FROM "
          + WorkloadSchema.ROUTED
          + " UNION ALL SELECT writer, seq FROM "
          + WorkloadSchema.PINNED
          + ") AS w";
  private static final String SPANS =
      "SELECT writer, min(seq), max(seq) FROM (SELECT writer, seq, seq - row_number() OVER"
          + " (PARTITION BY writer ORDER BY seq) AS island FROM (SELECT DISTINCT writer, seq FROM "
          + BOTH
          + ") AS d) AS i GROUP BY writer, island ORDER BY writer, min(seq)";
  private static final String DUPLICATES =
      "SELECT writer, seq FROM "
          + BOTH
          + " GROUP BY writer, seq HAVING count(*) > 1 ORDER BY writer, seq";

  private RowsReader() {}

  /**
   * Connects to a member over management and reads its rows.
   *
   * @param purpose {@code survivors} or {@code diverged}
   */
  public static Event.RowsRead read(
      Ledger ledger, MemberAddress member, SuperuserLogin login, String purpose)
      throws SQLException {
    try (Connection connection = login.connect(member, "drillyard rows", GREETING)) {
      connection.setNetworkTimeout(Runnable::run, (int) SILENCE.toMillis());
      return read(ledger, connection, member.name(), purpose);
    }
  }

  /** Reads the rows through an open connection, in one snapshot; appends and returns them. */
  public static Event.RowsRead read(
      Ledger ledger, Connection connection, String member, String purpose) throws SQLException {
    long start = ledger.now();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
      // The rows, not the index: an index may say what the table does not hold.
      for (String scan : List.of("indexscan", "indexonlyscan", "bitmapscan")) {
        statement.execute("SET LOCAL enable_" + scan + " = off");
      }
      WalPosition position = WalPosition.read(connection);
      Map<String, List<Event.Span>> spans = new TreeMap<>();
      try (ResultSet row = statement.executeQuery(SPANS)) {
        while (row.next()) {
          spans
              .computeIfAbsent(row.getString(1), w -> new ArrayList<>())
              .add(new Event.Span(row.getLong(2), row.getLong(3)));
        }
      }
      Map<String, List<Long>> duplicates = new TreeMap<>();
      try (ResultSet row = statement.executeQuery(DUPLICATES)) {
        while (row.next()) {
          duplicates.computeIfAbsent(row.getString(1), w -> new ArrayList<>()).add(row.getLong(2));
        }
      }
      List<Event.Rows> rows = new ArrayList<>();
      spans.forEach(
          (writer, present) ->
              rows.add(
                  new Event.Rows(writer, present, duplicates.getOrDefault(writer, List.of()))));
      long lsn = position.inRecovery() ? position.replayLsn() : position.lsn();
      Event.RowsRead read =
          new Event.RowsRead(
              new Interval(start, ledger.now()), purpose, member, position.timeline(), lsn, rows);
      ledger.append(read);
      return read;
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }
}
