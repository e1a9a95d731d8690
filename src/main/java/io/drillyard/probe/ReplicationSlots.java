package io.drillyard.probe;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The replication slots that a member has. */
public final class ReplicationSlots {
  private static final Duration SILENCE = Duration.ofSeconds(2);
  private static final String SQL =
      "SELECT slot_name, concat_ws(' ', slot_type, plugin, database) FROM pg_replication_slots";

  private ReplicationSlots() {}

  /**
   * Opens a session over management, asks, and closes it; seconds at most.
   *
   * @return of each slot its type, and plugin and database of a logical one, by name
   */
  public static Map<String, String> read(MemberAddress member, SuperuserLogin login)
      throws SQLException {
    try (Connection connection = login.connect(member, "drillyard slots", SILENCE);
        PreparedStatement statement = connection.prepareStatement(SQL);
        ResultSet row = statement.executeQuery()) {
      Map<String, String> slots = new LinkedHashMap<>();
      while (row.next()) {
        slots.put(row.getString(1), row.getString(2));
      }
      return slots;
    }
  }
}
