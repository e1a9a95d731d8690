package io.drillyard.cluster;

import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Small questions to members and orders to them, as superuser, over the management network. */
final class MemberSql {
  private final RunSecrets secrets;

  MemberSql(RunSecrets secrets) {
    this.secrets = secrets;
  }

  /** A superuser's connection to a member over the management network; bounded in time. */
  Connection connect(Host member, String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "postgres");
    properties.setProperty("password", secrets.of("superuser password"));
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("socketTimeout", "10");
    properties.setProperty("ApplicationName", "drillyard-admin");
    return DriverManager.getConnection(
        "jdbc:postgresql://" + member.managementAddress() + ":5432/" + database, properties);
  }

  /** Runs statements as superuser on a member; the first failure ends it. */
  void run(Host member, String database, List<String> statements) {
    try (Connection connection = connect(member, database);
        var statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    } catch (SQLException e) {
      throw new HostException(
          member.name() + ": " + secrets.redact(String.valueOf(e.getMessage())), e);
    }
  }

  /** True when a member answers and is in no recovery. */
  boolean acceptsWrites(Host member) {
    try (Connection connection = connect(member, "postgres");
        var statement = connection.createStatement()) {
      var row = statement.executeQuery("select pg_is_in_recovery()");
      row.next();
      return !row.getBoolean(1);
    } catch (SQLException e) {
      return false;
    }
  }

  /** The first column of all rows; none when the member does not answer. */
  List<String> texts(Host member, String query) {
    List<String> texts = new ArrayList<>();
    try (Connection connection = connect(member, "postgres");
        var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      while (row.next()) {
        texts.add(row.getString(1));
      }
    } catch (SQLException e) {
      return List.of();
    }
    return texts;
  }

  /** A whole number; -1 when the member does not answer. */
  int count(Host member, String query) {
    try (Connection connection = connect(member, "postgres");
        var statement = connection.createStatement()) {
      var row = statement.executeQuery(query);
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      return -1;
    }
  }
}
