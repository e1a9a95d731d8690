package io.drillyard.probe;

import io.drillyard.workload.Connector;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A superuser's login to one database, the same on every member. Never shows the password. */
public record Login(String user, String password, String database) {
  /**
   * Connects to a member over management.
   *
   * @param silence longest time without an answer, also while logging in
   */
  Connection connect(MemberAddress member, String application, Duration silence)
      throws SQLException {
    String url =
        "jdbc:postgresql://%s:%d/%s?sslmode=disable"
            .formatted(member.managementAddress(), member.sqlPort(), database);
    return Connector.open(url, user, password, application, null, Duration.ofSeconds(1), silence);
  }

  @Override
  public String toString() {
    return "Login[user=" + user + ", database=" + database + "]";
  }
}
