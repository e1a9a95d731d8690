package io.drillyard.probe;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.HistoryUnread;
import io.drillyard.ledger.Ledger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads the timeline history that a member itself has, through SQL. */
public final class MemberHistory {
  // The form with offset and length: PostgreSQL 15 has no shorter one that allows a missing file.
  private static final String SQL =
      "SELECT system_identifier::text, pg_read_file(?, 0, 1000000, true) FROM pg_control_system()";

  private MemberHistory() {}

  /**
   * Reads the history of a timeline.
   *
   * @return what it tells ({@link Event.HistorySeen}), or that it cannot be read ({@link
   *     HistoryUnread}); empty when the member does not have that file (yet)
   */
  public static Optional<Event> read(
      Ledger ledger, Connection connection, String member, int timeline) throws SQLException {
    long start = ledger.now();
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      statement.setString(1, "pg_wal/" + TimelineHistoryReader.fileName(timeline));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        String text = row.getString(2);
        if (text == null && timeline != 1) {
          return Optional.empty();
        }
        String system = row.getString(1);
        try {
          List<Event.Fork> forks =
              text == null ? List.of() : TimelineHistoryReader.whole(timeline, text);
          return Optional.of(
              new Event.HistorySeen(
                  ledger.since(start), "member", member, system, timeline, forks));
        } catch (IllegalArgumentException e) {
          return Optional.of(
              new HistoryUnread(
                  ledger.since(start), "member", member, timeline, String.valueOf(e.getMessage())));
        }
      }
    }
  }
}
