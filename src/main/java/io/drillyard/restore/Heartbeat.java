package io.drillyard.restore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A table of times in the source: the newest of them that a restore brings back says how fresh it
 * is, and nothing in the repository can say that. One row per beat; old ones are removed.
 */
public final class Heartbeat {
  /** The column of times. */
  public static final String COLUMN = "at";

  private static final Pattern NAME =
      Pattern.compile("[a-z_][a-z0-9_]{0,62}(\\.[a-z_][a-z0-9_]{0,62})?");

  private final String table;

  /**
   * On one table.
   *
   * @param table plain name, with or without its schema
   * @throws IllegalArgumentException when it is no such name
   */
  public Heartbeat(String table) {
    if (!NAME.matcher(table).matches()) {
      throw new IllegalArgumentException(
          "'" + table + "' is no plain table name, such as drillyard.heartbeat");
    }
    this.table = table;
  }

  /** Makes the table, and its schema, where they are missing. */
  public void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int dot = table.indexOf('.');
      if (dot > 0) {
        statement.execute("create schema if not exists " + table.substring(0, dot));
      }
      statement.execute(
          "create table if not exists "
              + table
              + " ("
              + COLUMN
              + " timestamptz primary key default clock_timestamp())");
    }
  }

  /**
   * Writes the time, as the server has it, and removes what is older than that.
   *
   * @return the time that was written, as PostgreSQL prints it
   */
  public String beat(Connection connection, Duration keep) throws SQLException {
    try (PreparedStatement old =
            connection.prepareStatement(
                "delete from "
                    + table
                    + " where "
                    + COLUMN
                    + " < clock_timestamp() - make_interval(secs => ?)");
        Statement insert = connection.createStatement()) {
      old.setDouble(1, keep.toMillis() / 1e3);
      old.executeUpdate();
      try (var row =
          insert.executeQuery(
              "insert into " + table + " default values returning " + COLUMN + "::text")) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
