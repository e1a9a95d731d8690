package io.drillyard.workload;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table of times in the source: the newest of them that a restore brings back says how fresh it
 * is, and nothing in the repository can say that. One row per beat; old ones are removed.
 *
 * <p>Beside it lies a table of the source's settings and version, as the beating role sees them: a
 * repository holds no minor version, and a configuration only where it lies in the data directory.
 * What may hold a secret is left out.
 */
public final class Heartbeat {
  /** The column of times. */
  public static final String COLUMN = "at";

  /** What the table of settings is called after the table of times. */
  private static final String SETTINGS = "_settings";

  /**
   * Everything that was set, and what the data files depend on. Settings of extensions and
   * applications are left out: nobody knows which of them is a password.
   */
  private static final String SET =
      "select name, setting from pg_settings where category <> 'Customized Options'"
          + " and name !~ 'conninfo|command|passphrase|password|secret|token|key$' and (source in"
          + " ('configuration file', 'command line', 'environment variable') or name in"
          + " ('server_version', 'server_encoding', 'data_checksums', 'block_size',"
          + " 'wal_segment_size'))";

  private static final Pattern NAME =
      Pattern.compile("[a-z_][a-z0-9_]{0,53}(\\.[a-z_][a-z0-9_]{0,53})?");

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
          "'"
              + table
              + "' is no plain table name of at most 54 characters, such as drillyard.heartbeat");
    }
    this.table = table;
  }

  /** The table of settings that lies beside a table of times. */
  public static String settingsBeside(String table) {
    return table + SETTINGS;
  }

  /** Makes the tables, and their schema, where they are missing. */
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
      statement.execute(
          "create table if not exists "
              + settingsBeside(table)
              + " (name text primary key, setting text not null)");
    }
  }

  /**
   * What a beat did.
   *
   * @param at the time that was written, as PostgreSQL prints it
   * @param problem why the settings were not noted, or null
   */
  public record Beat(String at, @Nullable String problem) {}

  /**
   * Writes the time, as the server has it, and removes what is older than that; notes settings that
   * changed since the last beat, where their table is there. The time is written also where that
   * fails.
   */
  public Beat beat(Connection connection, Duration keep) throws SQLException {
    String at;
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
        at = row.getString(1);
      }
    }
    Savepoint before = connection.getAutoCommit() ? null : connection.setSavepoint();
    try {
      noteSettings(connection);
      return new Beat(at, null);
    } catch (SQLException e) {
      if (before != null) {
        connection.rollback(before);
      }
      return new Beat(at, "the settings were not noted: " + e.getMessage());
    }
  }

  private void noteSettings(Connection connection) throws SQLException {
    String beside = settingsBeside(table);
    try (PreparedStatement there = connection.prepareStatement("select to_regclass(?)")) {
      there.setString(1, beside);
      try (var row = there.executeQuery()) {
        row.next();
        if (row.getString(1) == null) {
          return;
        }
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "insert into %1$s as old (name, setting) %2$s on conflict (name) do update set setting = excluded.setting where old.setting <> excluded.setting"
              .formatted(beside, SET));
      statement.executeUpdate(
          "delete from %s where name not in (select name from (%s) now)".formatted(beside, SET));
    }
  }
}
