package io.drillyard.play.restore;

import io.drillyard.cluster.BoundedWait;
import io.drillyard.host.HostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** What a source's primary says of its archiver, asked over one connection. */
final class ArchiverWatch implements AutoCloseable {
  /** How long it is waited for PostgreSQL to say that archiving fails. */
  static final Duration TOLD_LIMIT = Duration.ofSeconds(270);

  private static final Duration WAITS_LONG = Duration.ofSeconds(10);

  private final Connection connection;

  private ArchiverWatch(Connection connection) {
    this.connection = connection;
  }

  /** Of whoever is the primary now. */
  static ArchiverWatch of(DemonstrationSource source) {
    try {
      return new ArchiverWatch(source.connect());
    } catch (SQLException e) {
      throw new HostException("the source cannot be watched", e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new HostException("the watch of the source did not end", e);
    }
  }

  private String ask(String query) {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new HostException("the source did not answer: " + query, e);
    }
  }

  /** Failures that PostgreSQL counted. */
  long failures() {
    return Long.parseLong(ask("select failed_count from pg_stat_archiver"));
  }

  /** Segments that PostgreSQL believes to be archived. */
  long archived() {
    return Long.parseLong(ask("select archived_count from pg_stat_archiver"));
  }

  /** Everything that it says. */
  String words() {
    return ask("select to_jsonb(a)::text from pg_stat_archiver a");
  }

  /** What a volume for WAL has to bear. */
  String waiting() {
    return ask(
        "select count(*) || ' segments, ' || pg_size_pretty(count(*) * 16777216) || ', wait to be"
            + " archived' from pg_ls_archive_statusdir() where name like '%.ready'");
  }

  /** Age of the oldest segment that waits, in seconds; 0 without one. */
  private double oldest() {
    return Double.parseDouble(
        ask(
            "select coalesce(extract(epoch from now() - min(modification)), 0)"
                + " from pg_ls_archive_statusdir() where name like '%.ready'"));
  }

  /**
   * How long it took until PostgreSQL itself said that archiving fails; and until the oldest
   * segment that waits was older than it ever is, which needs somebody who looks.
   *
   * @param failures that it had counted before
   */
  List<String> told(long began, long failures) {
    double[] waits = {Double.NaN};
    double[] counted = {Double.NaN};
    BoundedWait.quietly(
        TOLD_LIMIT,
        () -> {
          if (Double.isNaN(waits[0]) && oldest() > WAITS_LONG.toSeconds()) {
            waits[0] = since(began);
          }
          if (Double.isNaN(counted[0]) && failures() > failures) {
            counted[0] = since(began);
          }
          return !Double.isNaN(waits[0]) && !Double.isNaN(counted[0]);
        });
    return List.of(
        Double.isNaN(counted[0])
            ? "pg_stat_archiver told nothing within %d s".formatted(TOLD_LIMIT.toSeconds())
            : "pg_stat_archiver tells of the failure %.1f s after it began".formatted(counted[0]),
        Double.isNaN(waits[0])
            ? "no segment waited for %d s".formatted(WAITS_LONG.toSeconds())
            : "a segment had waited for %d s after %.1f s"
                .formatted(WAITS_LONG.toSeconds(), waits[0]));
  }

  /** Seconds since {@code System.nanoTime()} was that. */
  static double since(long startNs) {
    return (System.nanoTime() - startNs) / 1e9;
  }
}
