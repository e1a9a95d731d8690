package io.drillyard.ledger;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The backups of a stanza in a repository, by its own information, read at the end of a drill.
 *
 * @param repository as its listings call it
 * @param stanza its name
 * @param archive what the keys of its archived WAL begin with, with the slash; empty when it is not
 *     known
 * @param backups oldest first
 * @param problem why it could not be read; null: it could
 * @param path in the bucket of the incarnation whose stanza it is; null in older ledgers
 */
public record BackupsSeen(
    Interval at,
    String repository,
    String stanza,
    String archive,
    List<Backup> backups,
    @Nullable String problem,
    @Nullable String path)
    implements Event.Apart {
  /** As an older ledger tells it. */
  public BackupsSeen(
      Interval at,
      String repository,
      String stanza,
      String archive,
      List<Backup> backups,
      @Nullable String problem) {
    this(at, repository, stanza, archive, backups, problem, null);
  }

  /** True where both are of one stanza, and of one incarnation of its cluster. */
  public boolean ofSameIncarnation(BackupsSeen other) {
    return stanza.equals(other.stanza) && Objects.equals(path, other.path);
  }

  /**
   * One backup.
   *
   * @param type full, diff or incr
   * @param startWal first segment that a restore of it needs
   * @param stopWal segment without which it is not consistent
   */
  public record Backup(String label, String type, String startWal, String stopWal) {}
}
