package io.drillyard.cli;

import io.drillyard.declaration.Durations;
import io.drillyard.launch.ExitCode;
import io.drillyard.workload.Heartbeat;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code heartbeat}: writes the time into the source, for restore tests to find again. */
@Command(
    name = "heartbeat",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the time into a small table of the source. The newest one that a restore brings back is its freshness.",
      "The password comes from PGPASSWORD or the password file (PGPASSFILE, ~/.pgpass), never from the command line."
    })
final class HeartbeatCommand implements Callable<Integer> {
  private static final String JDBC = "jdbc:postgresql:";

  @Option(
      names = "--url",
      required = true,
      paramLabel = "URL",
      description = "JDBC URL, such as jdbc:postgresql://db1,db2/app?targetServerType=primary")
  String url = "";

  @Option(
      names = "--user",
      paramLabel = "ROLE",
      description = "Role that may write the table (default: PGUSER).")
  @Nullable String user;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      defaultValue = "drillyard.heartbeat",
      description = "The table (default: drillyard.heartbeat).")
  String table = "drillyard.heartbeat";

  @Option(names = "--create", description = "Makes the table first, where it is missing.")
  boolean create;

  @Option(
      names = "--keep",
      paramLabel = "TIME",
      defaultValue = "7d",
      description = "Removes what is older (default: 7d).")
  String keep = "7d";

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Override
  public Integer call() {
    Heartbeat heartbeat = checked();
    Duration kept = Durations.parse(keep);
    try (Connection connection = DriverManager.getConnection(url, login())) {
      connection.setAutoCommit(false);
      if (create) {
        heartbeat.create(connection);
      }
      Heartbeat.Beat beat = heartbeat.beat(connection, kept);
      connection.commit();
      String at = beat.at();
      if (beat.problem() != null) {
        System.err.println("drillyard: " + beat.problem());
      }
      System.out.println(json ? JsonOutput.of(Map.of("table", table, "at", at)) : at);
      return ExitCode.MET;
    } catch (SQLException e) {
      System.err.println("drillyard: no heartbeat was written: " + e.getMessage());
      return ExitCode.MISSED;
    }
  }

  private Heartbeat checked() {
    if (!url.startsWith(JDBC)) {
      throw new UsageException("--url " + url + ": it begins with " + JDBC + "//");
    }
    if (url.matches("(?is).*[?&](ssl)?password=.*")) {
      throw new UsageException(
          "--url holds a password, for everybody on this machine to read. Remedy: ~/.pgpass");
    }
    try {
      Durations.parse(keep);
      return new Heartbeat(table);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private Properties login() {
    Properties login = new Properties();
    String role = user == null ? System.getenv("PGUSER") : user;
    if (role != null) {
      login.setProperty("user", role);
    }
    String password = System.getenv("PGPASSWORD");
    if (password != null) {
      login.setProperty("password", password);
    }
    login.setProperty("ApplicationName", "drillyard heartbeat");
    login.setProperty("connectTimeout", "5");
    login.setProperty("socketTimeout", "15");
    return login;
  }
}
