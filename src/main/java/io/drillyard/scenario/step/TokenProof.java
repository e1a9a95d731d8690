package io.drillyard.scenario.step;

import io.drillyard.cluster.Cluster;
import io.drillyard.host.Host;
import io.drillyard.host.HostException;
import io.drillyard.ledger.HandoverToken;
import io.drillyard.ledger.Ledger;
import io.drillyard.ledger.Lsn;
import io.drillyard.ledger.TokenProved;
import io.drillyard.probe.TimelineHistoryReader;
import io.drillyard.workload.WorkloadSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** Asks a cluster that is to take over how far it holds the history that a token tells. */
final class TokenProof {
  private static final String POSITION =
      """
      select (select system_identifier from pg_control_system()),
        (select timeline_id from pg_control_checkpoint()),
        pg_last_wal_replay_lsn()
      """;

  private static final String NEWEST =
      "select writer, max(seq) from %s group by writer union all select writer, max(seq) from %s group by writer"
          .formatted(WorkloadSchema.ROUTED, WorkloadSchema.PINNED);

  private TokenProof() {}

  /** Looks, and writes down what was seen. */
  static TokenProved look(DrillStage stage, HandoverToken token, Cluster candidate) {
    TokenProved seen = read(stage, token, candidate);
    stage.ledger().append(seen);
    return seen;
  }

  /** Looks. */
  static TokenProved read(DrillStage stage, HandoverToken token, Cluster candidate) {
    Ledger ledger = stage.ledger();
    long start = ledger.now();
    Host leader = candidate.leader();
    try (Connection connection = candidate.connect(leader, stage.database());
        Statement statement = connection.createStatement()) {
      // A restart point at the last checkpoint that was replayed: its timeline is then known.
      statement.execute("checkpoint");
      String system;
      int timeline;
      long replayed;
      try (ResultSet row = statement.executeQuery(POSITION)) {
        row.next();
        system = row.getString(1);
        timeline = row.getInt(2);
        String position = row.getString(3);
        replayed = position == null ? 0 : Lsn.parse(position);
      }
      String history = "";
      if (timeline > 1) {
        try (ResultSet row =
            statement.executeQuery(
                "select pg_read_file('pg_wal/%s')"
                    .formatted(TimelineHistoryReader.fileName(timeline)))) {
          row.next();
          history = row.getString(1);
        }
      }
      Map<String, Long> rows = new TreeMap<>();
      try (ResultSet row = statement.executeQuery(NEWEST)) {
        while (row.next()) {
          rows.put(row.getString(1), row.getLong(2));
        }
      }
      return new TokenProved(
          ledger.since(start),
          token.id(),
          candidate.scope(),
          leader.name(),
          system,
          timeline,
          TimelineHistoryReader.parse(history),
          replayed,
          rows);
    } catch (SQLException e) {
      throw new HostException(
          "%s does not say how far it holds the token's history: %s"
              .formatted(leader.name(), e.getMessage()),
          e);
    }
  }
}
