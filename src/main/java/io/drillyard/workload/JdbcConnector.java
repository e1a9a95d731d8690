package io.drillyard.workload;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Opens JDBC connections with the time-outs that a drill states.
 *
 * <p>No login time-out is set: the driver would then connect on threads of its own, which outlive a
 * hung attempt. What the URL says wins over what is set here.
 */
public final class JdbcConnector {
  private JdbcConnector() {}

  /**
   * Connects.
   *
   * @param application name shown in pg_stat_activity
   * @param localAddress address to bind to, or null
   * @param connectTimeout per host; rounded up to whole seconds
   * @param socketTimeout longest silence, also while logging in; rounded up to whole seconds
   */
  public static Connection open(
      String url,
      String user,
      String password,
      String application,
      @Nullable String localAddress,
      Duration connectTimeout,
      Duration socketTimeout)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", application);
    properties.setProperty("connectTimeout", String.valueOf(wholeSeconds(connectTimeout)));
    properties.setProperty("socketTimeout", String.valueOf(wholeSeconds(socketTimeout)));
    properties.setProperty("tcpKeepAlive", "true");
    // Saves round trips at every reconnect: the name goes with the first message.
    properties.setProperty("assumeMinServerVersion", "12");
    // The lab has no Kerberos; asking for it costs a round trip.
    properties.setProperty("gssEncMode", "disable");
    if (localAddress != null) {
      properties.setProperty("localSocketAddress", localAddress);
    }
    Connection connection = DriverManager.getDriver(url).connect(url, properties);
    if (connection == null) {
      throw new SQLException("not a PostgreSQL JDBC address: " + url, "08001");
    }
    return connection;
  }

  /** The driver's unit is whole seconds, and 0 would mean for ever. */
  static int wholeSeconds(Duration limit) {
    return (int) Math.max(1, limit.plusNanos(999_999_999).toSeconds());
  }
}
