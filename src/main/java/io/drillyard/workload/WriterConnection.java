package io.drillyard.workload;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.Ledger;
import io.drillyard.ledger.Lsn;
import io.drillyard.ledger.PacedWait;
import io.drillyard.ledger.WriteOutcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One connection of a client, and the thread that writes through it. */
final class WriterConnection implements Runnable {
  /** After a failed attempt to connect; what a patient connection pool does. */
  private static final Duration BACKOFF = Duration.ofMillis(100);

  /**
   * After a server said that the role may not log in at all: no hiccup, and each attempt costs both
   * sides a whole SCRAM exchange.
   */
  private static final Duration TURNED_AWAY = Duration.ofSeconds(1);

  private static final Answer NO_ANSWER = new Answer(null, 0, 0, 0);

  private final Ledger ledger;
  private final LoadWriter writer;
  private final ClientSettings settings;
  private final String sql;

  private @Nullable Connection connection;
  private @Nullable PreparedStatement insert;
  private String connectedTo = "";

  WriterConnection(Ledger ledger, LoadWriter writer, ClientSettings settings) {
    this.ledger = ledger;
    this.writer = writer;
    this.settings = settings;
    // Everything is read in the write's own transaction: afterwards it could be another primary.
    this.sql =
        "INSERT INTO "
            + (writer.client().routed() ? WorkloadSchema.ROUTED : WorkloadSchema.PINNED)
            + "(writer, seq) VALUES (?, ?) RETURNING pg_walfile_name(pg_current_wal_lsn()),"
            + " pg_current_wal_insert_lsn()::text, pg_current_xact_id()::text,"
            + " host(inet_server_addr())";
  }

  @Override
  public void run() {
    try {
      connectEarly();
      for (DueWrites.Tick tick = writer.queue().take();
          tick != null;
          tick = writer.queue().take()) {
        write(tick);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      disconnect();
    }
  }

  /**
   * The first write should not pay for the connection; if it fails, the first write will say so.
   */
  private void connectEarly() {
    try {
      connected();
    } catch (SQLException e) {
      disconnect();
    }
  }

  private void write(DueWrites.Tick tick) throws InterruptedException {
    long pickedUp = ledger.now();
    PreparedStatement statement;
    try {
      statement = connected();
      statement.setString(1, writer.client().name());
      statement.setLong(2, tick.sequence());
    } catch (SQLException e) {
      // Nothing was sent. The state says why there was no connection.
      record(tick, ledger.since(pickedUp), WriteOutcome.REFUSED, NO_ANSWER, e.getSQLState(), null);
      disconnect();
      PacedWait.pause(
          WriteFailureOutcomes.MAY_NOT_LOG_IN.equals(e.getSQLState()) ? TURNED_AWAY : BACKOFF);
      return;
    }
    long sent = ledger.now();
    try (ResultSet rows = statement.executeQuery()) {
      // The driver returns only after ReadyForQuery, which the server sends after the commit.
      Interval at = ledger.since(sent);
      record(tick, at, WriteOutcome.ACKNOWLEDGED, answer(rows), null, warning(statement));
    } catch (SQLException e) {
      WriteOutcome outcome = WriteFailureOutcomes.afterSending(e);
      record(tick, ledger.since(sent), outcome, NO_ANSWER, e.getSQLState(), null);
      if (!WriteFailureOutcomes.connectionSurvives(e, writer.client().routed())) {
        disconnect();
      }
    }
  }

  private PreparedStatement connected() throws SQLException {
    LoadClient client = writer.client();
    if (!connectedTo.equals(client.url())) {
      disconnect();
    }
    PreparedStatement ready = insert;
    if (ready == null) {
      Connection opened =
          JdbcConnector.open(
              client.url(),
              settings.user(),
              settings.password(),
              "drillyard " + client.name(),
              client.localAddress(),
              settings.connectTimeout(),
              settings.socketTimeout());
      connection = opened;
      connectedTo = client.url();
      ready = opened.prepareStatement(sql);
      insert = ready;
    }
    return ready;
  }

  private void disconnect() {
    Connection old = connection;
    connection = null;
    insert = null;
    connectedTo = "";
    if (old != null) {
      try {
        old.close();
      } catch (SQLException ignored) {
        // It was of no more use.
      }
    }
  }

  /** What the server said of the transaction. */
  private record Answer(@Nullable String member, int timeline, long lsn, long xid) {}

  /** Reads the answer; whatever is odd about it, the write stays acknowledged. */
  private Answer answer(ResultSet rows) {
    try {
      if (!rows.next()) {
        return NO_ANSWER;
      }
      String address = rows.getString(4);
      return new Answer(
          address == null ? null : settings.memberOfAddress().apply(address),
          Integer.parseUnsignedInt(rows.getString(1).substring(0, 8), 16),
          Lsn.parse(rows.getString(2)),
          Long.parseLong(rows.getString(3)));
    } catch (SQLException | RuntimeException e) {
      ledger.note("warning", writer.client().name() + ": unreadable answer to a write: " + e);
      return NO_ANSWER;
    }
  }

  private static @Nullable String warning(PreparedStatement statement) {
    try {
      SQLWarning warning = statement.getWarnings();
      return warning == null ? null : warning.getSQLState() + ": " + warning.getMessage();
    } catch (SQLException e) {
      return null;
    }
  }

  private void record(
      DueWrites.Tick tick,
      Interval at,
      WriteOutcome outcome,
      Answer answer,
      @Nullable String sqlState,
      @Nullable String warning) {
    LoadClient client = writer.client();
    writer.record(
        new Event.Write(
            at,
            tick.scheduledNs(),
            client.name(),
            client.site(),
            client.pinnedTo(),
            tick.sequence(),
            outcome,
            answer.member(),
            answer.timeline(),
            answer.lsn(),
            answer.xid(),
            sqlState,
            warning));
  }
}
