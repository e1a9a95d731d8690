package io.drillyard.play;

import io.drillyard.backup.BackupInfo;
import io.drillyard.backup.InfoFile;
import io.drillyard.backup.UnreadableException;
import io.drillyard.cluster.Cluster;
import io.drillyard.declaration.ClusterPlan;
import io.drillyard.ledger.BackupsSeen;
import io.drillyard.ledger.Interval;
import io.drillyard.ledger.Ledger;
import io.drillyard.ledger.PacedWait;
import io.drillyard.ledger.WalSwitched;
import io.drillyard.repository.Repository;
import io.drillyard.repository.RepositoryException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the archive judgeable at the end of a drill: the serving leader ends its WAL segment, it is
 * waited for, and what the repositories' information says of backups goes onto the ledger.
 */
final class ArchiveFinalizer {
  /** pgBackRest pushes a segment in tenths of a second; behind a backlog it may take longer. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static final Duration EVERY = Duration.ofMillis(200);

  private static final String SWITCH =
      "select pg_walfile_name(pg_switch_wal()), pg_size_bytes(current_setting('wal_segment_size'))";

  /** Done, and perhaps removed since by a checkpoint; then a later one of the same timeline is. */
  private static final String ARCHIVED =
      "select (pg_stat_file('pg_wal/archive_status/' || s || '.done', true)).size is not null"
          + " or (left(a.last_archived_wal, 8) = left(s, 8) and a.last_archived_wal ~ '^[0-9A-F]{24}$'"
          + " and a.last_archived_wal >= s) from pg_stat_archiver a, (values (?::text)) v(s)";

  private final SystemUnderTest system;
  private final Ledger ledger;

  ArchiveFinalizer(SystemUnderTest system, Ledger ledger) {
    this.system = system;
    this.ledger = ledger;
  }

  /**
   * Ends the leader's segment, waits for it, and reads the information of every stanza.
   *
   * @param leader of the surviving cluster; null when nobody leads
   */
  void read(Cluster survivor, @Nullable String leader) throws InterruptedException {
    ledger.append(leader == null ? nobody(survivor) : switched(survivor, leader));
    List<String> names = system.repositoryNames();
    for (int i = 0; i < system.repositories().size(); i++) {
      for (ClusterPlan plan : system.plans()) {
        ledger.append(backups(names.get(i), system.repositories().get(i), plan));
      }
    }
  }

  private WalSwitched nobody(Cluster survivor) {
    return new WalSwitched(
        Interval.instant(ledger.now()), survivor.scope(), "", 0, "", 0, false, "nobody leads");
  }

  private WalSwitched switched(Cluster survivor, String leader) throws InterruptedException {
    long start = ledger.now();
    String segment = "";
    long bytes = 0;
    boolean archived = false;
    String problem = null;
    try (Connection connection = survivor.connect(survivor.member(leader), "postgres")) {
      try (var statement = connection.createStatement();
          ResultSet row = statement.executeQuery(SWITCH)) {
        row.next();
        segment = row.getString(1);
        bytes = row.getLong(2);
      }
      long until = System.nanoTime() + LIMIT.toNanos();
      try (PreparedStatement asks = connection.prepareStatement(ARCHIVED)) {
        asks.setString(1, segment);
        while (!archived && System.nanoTime() < until) {
          try (ResultSet row = asks.executeQuery()) {
            archived = row.next() && row.getBoolean(1);
          }
          if (!archived) {
            PacedWait.pause(EVERY);
          }
        }
      }
    } catch (SQLException e) {
      problem = leader + ": " + system.secrets().redact(String.valueOf(e.getMessage()));
    }
    int timeline = segment.length() < 8 ? 0 : Integer.parseUnsignedInt(segment.substring(0, 8), 16);
    return new WalSwitched(
        ledger.since(start), survivor.scope(), leader, timeline, segment, bytes, archived, problem);
  }

  private BackupsSeen backups(String name, Repository repository, ClusterPlan plan) {
    long start = ledger.now();
    String root = plan.repositoryPath().replaceFirst("^/", "");
    String stanza = plan.scope();
    try {
      String key = root + "/backup/" + stanza + "/backup.info";
      String text = new String(repository.read(key), StandardCharsets.UTF_8);
      BackupInfo info = BackupInfo.of(InfoFile.parse(key, text));
      String archive = root + "/archive/" + stanza + "/" + info.database().archiveId() + "/";
      List<BackupsSeen.Backup> backups =
          info.backups().stream()
              .map(b -> new BackupsSeen.Backup(b.label(), b.type(), b.startWal(), b.stopWal()))
              .toList();
      return new BackupsSeen(
          ledger.since(start), name, stanza, archive, backups, null, plan.repositoryPath());
    } catch (RepositoryException e) {
      boolean none = e.kind() == RepositoryException.Kind.NOT_FOUND;
      return new BackupsSeen(
          ledger.since(start),
          name,
          stanza,
          "",
          List.of(),
          none ? null : system.secrets().redact(e.toString()),
          plan.repositoryPath());
    } catch (UnreadableException e) {
      return new BackupsSeen(
          ledger.since(start),
          name,
          stanza,
          "",
          List.of(),
          String.valueOf(e.getMessage()),
          plan.repositoryPath());
    }
  }
}
