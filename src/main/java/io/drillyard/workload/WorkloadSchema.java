package io.drillyard.workload;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables that a drill writes to, all in a schema of their own. */
public final class WorkloadSchema {
  /** Written by routed clients; these rows count for RTO and RPO. */
  public static final String ROUTED = "drillyard.writes";

  /** Written by pinned writers. */
  public static final String PINNED = "drillyard.pinned_writes";

  /** The role that the clients use. */
  public static final String CLIENT_ROLE = "drill_client";

  /** Written by probes: one row per member, no load worth counting. */
  public static final String PROBE = "drillyard.probe";

  private static final List<String> STATEMENTS =
      List.of(
          "CREATE SCHEMA IF NOT EXISTS drillyard",
          writes(ROUTED),
          writes(PINNED),
          // Room on the page keeps the probes' updates off the index and out of the vacuum's way.
          "CREATE TABLE IF NOT EXISTS "
              + PROBE
              + " (member text PRIMARY KEY, at timestamptz NOT NULL, n bigint NOT NULL)"
              + " WITH (fillfactor = 20)");

  private WorkloadSchema() {}

  /** Creates what is missing. */
  public static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : STATEMENTS) {
        statement.execute(sql);
      }
    }
  }

  private static String writes(String table) {
    return "CREATE TABLE IF NOT EXISTS "
        + table
        + " (writer text NOT NULL, seq bigint NOT NULL, PRIMARY KEY (writer, seq))";
  }
}
