package io.drillyard.restore.play;

import io.drillyard.restore.read.BackupInfo;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a record tells of the backup that was restored. */
final class BackupFacts {
  private BackupFacts() {}

  /** In words and figures. */
  static Map<String, String> of(BackupInfo.Backup backup) {
    Map<String, String> facts = new LinkedHashMap<>();
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
    return facts;
  }
}
