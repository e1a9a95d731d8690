package io.drillyard.ledger;

import java.util.List;
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
 */
public record BackupsSeen(
    Interval at,
    String repository,
    String stanza,
    String archive,
    List<Backup> backups,
    @Nullable String problem)
    implements Event.Apart {
  /**
   * One backup.
   *
   * @param type full, diff or incr
   * @param startWal first segment that a restore of it needs
   * @param stopWal segment without which it is not consistent
   */
  public record Backup(String label, String type, String startWal, String stopWal) {}
}
