package io.drillyard.probe;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Settings of PostgreSQL as a session has them: a superuser's, or one of the clients' role. */
public final class MemberSettings {
  private static final Duration SILENCE = Duration.ofSeconds(2);
  private static final String SQL =
      "SELECT name, current_setting(name, true) FROM unnest(?) AS name";

  /** Every session of the driver sets these for itself: of the member only its file tells. */
  private static final Set<String> OF_THE_DRIVER =
      Set.of("timezone", "datestyle", "client_encoding", "extra_float_digits", "application_name");

  private static final String FILE =
      "SELECT name, setting FROM pg_file_settings WHERE applied AND lower(name) = ANY (?)";

  private MemberSettings() {}

  /**
   * Opens a session over management, asks, and closes it; seconds at most.
   *
   * @return the values in effect by name; those that the member does not know are left out
   */
  public static Map<String, String> read(
      MemberAddress member, SuperuserLogin login, Collection<String> names) throws SQLException {
    try (Connection connection = login.connect(member, "drillyard settings", SILENCE);
        PreparedStatement statement = connection.prepareStatement(SQL)) {
      List<String> sessions =
          names.stream().filter(n -> !OF_THE_DRIVER.contains(n.toLowerCase(Locale.ROOT))).toList();
      Array asked = connection.createArrayOf("text", sessions.toArray());
      statement.setArray(1, asked);
      Map<String, String> values = new LinkedHashMap<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          if (row.getString(2) != null) {
            values.put(row.getString(1), row.getString(2));
          }
        }
      }
      if (sessions.size() < names.size()) {
        values.putAll(filed(connection, names));
      }
      return values;
    }
  }

  /** By the spelling that was asked for. */
  private static Map<String, String> filed(Connection connection, Collection<String> names)
      throws SQLException {
    Map<String, String> asked = new LinkedHashMap<>();
    names.stream()
        .filter(name -> OF_THE_DRIVER.contains(name.toLowerCase(Locale.ROOT)))
        .forEach(name -> asked.put(name.toLowerCase(Locale.ROOT), name));
    Map<String, String> values = new LinkedHashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(FILE)) {
      statement.setArray(1, connection.createArrayOf("text", asked.keySet().toArray()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          String name = asked.get(row.getString(1).toLowerCase(Locale.ROOT));
          if (name != null && row.getString(2) != null) {
            values.put(name, row.getString(2));
          }
        }
      }
    }
    return values;
  }
}
