package io.drillyard.evidence;

import io.drillyard.backup.BackupInfo;
import io.drillyard.check.backup.InformationLook;
import io.drillyard.check.backup.RestoreChoice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a record tells of the backup that was restored. */
public final class BackupFacts {
  private BackupFacts() {}

  /**
   * Of the backup that was chosen from what was read; nothing where none was.
   *
   * @param repository whose it is and where it lies
   */
  public static Map<String, String> of(
      @Nullable InformationLook what,
      @Nullable RestoreChoice chosen,
      Map<String, String> repository) {
    return what == null || what.backups() == null || chosen == null
        ? Map.of()
        : of(chosen.backup(), what.backups().backups(), repository);
  }

  /**
   * In words and figures, with the labels of all that the repository holds.
   *
   * @param repository whose it is and where it lies
   */
  public static Map<String, String> of(
      BackupInfo.Backup backup, List<BackupInfo.Backup> all, Map<String, String> repository) {
    Map<String, String> facts = new LinkedHashMap<>(repository);
    facts.put("label", backup.label());
    facts.put("type", backup.type());
    facts.put("started", backup.start().toString());
    facts.put("stopped", backup.stop().toString());
    facts.put("start LSN", backup.startLsn());
    facts.put("stop LSN", backup.stopLsn());
    facts.put("first segment", backup.startWal());
    facts.put(
        "needs",
        backup.references().isEmpty() ? "nothing else" : String.join(", ", backup.references()));
    facts.put("bytes of the database", Long.toString(backup.bytes()));
    facts.put(
        RestoreTest.HELD,
        all.stream().map(BackupInfo.Backup::label).collect(Collectors.joining(", ")));
    return facts;
  }
}
