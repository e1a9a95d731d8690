package io.drillyard.probe;

import io.drillyard.workload.JdbcConnector;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A superuser's login to one database, the same on every member. Never shows the password. */
public record SuperuserLogin(String user, String password, String database) {
  private static final String OWN_DEFAULTS =
      URLEncoder.encode(
              "-c default_transaction_read_only=off -c statement_timeout=0 -c lock_timeout=0",
              StandardCharsets.UTF_8)
          .replace("+", "%20");

  /**
   * Connects to a member over management.
   *
   * @param silence longest time without an answer, also while logging in
   */
  Connection connect(MemberAddress member, String application, Duration silence)
      throws SQLException {
    return connect(url(member), application, silence);
  }

  /**
   * The same for a session that asks whether a transaction can commit: what somebody set for the
   * role or the database must not answer for the server. {@code default_transaction_read_only}
   * refuses a write on a primary, and a time-out ends a commit that would have come.
   */
  Connection connectToCommit(MemberAddress member, String application, Duration silence)
      throws SQLException {
    return connect(url(member) + "&options=" + OWN_DEFAULTS, application, silence);
  }

  private String url(MemberAddress member) {
    return "jdbc:postgresql://%s:%d/%s?sslmode=disable"
        .formatted(member.managementAddress(), member.sqlPort(), database);
  }

  private Connection connect(String url, String application, Duration silence) throws SQLException {
    return JdbcConnector.open(
        url, user, password, application, null, Duration.ofSeconds(1), silence);
  }

  @Override
  public String toString() {
    return "Login[user=" + user + ", database=" + database + "]";
  }
}
