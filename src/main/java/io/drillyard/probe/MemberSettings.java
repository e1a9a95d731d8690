package io.drillyard.probe;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings of PostgreSQL as a session has them: a superuser's, or one of the clients' role. */
public final class MemberSettings {
  private static final Duration SILENCE = Duration.ofSeconds(2);
  private static final String SQL =
      "SELECT name, current_setting(name, true) FROM unnest(?) AS name";

  private MemberSettings() {}

  /**
   * Opens a session over management, asks, and closes it; seconds at most.
   *
   * @return the values in effect by name; those that the member does not know are left out
   */
  public static Map<String, String> read(
      MemberAddress member, Login login, Collection<String> names) throws SQLException {
    try (Connection connection = login.connect(member, "drillyard settings", SILENCE);
        PreparedStatement statement = connection.prepareStatement(SQL)) {
      Array asked = connection.createArrayOf("text", names.toArray());
      statement.setArray(1, asked);
      Map<String, String> values = new LinkedHashMap<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          if (row.getString(2) != null) {
            values.put(row.getString(1), row.getString(2));
          }
        }
      }
      return values;
    }
  }
}
