package io.drillyard.restore.play;

import io.drillyard.backup.BackupInfo;
import io.drillyard.restore.report.RestoreTest;
import io.drillyard.target.ExternalRepository;
import io.drillyard.target.RestorePolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a record tells of the backup that was restored. */
final class BackupFacts {
  private BackupFacts() {}

  /** In words and figures, with the labels of all that the repository holds. */
  static Map<String, String> of(
      BackupInfo.Backup backup, List<BackupInfo.Backup> all, RestorePolicy policy) {
    Map<String, String> facts = new LinkedHashMap<>();
    ExternalRepository external = policy.external();
    facts.put(RestoreTest.OWNER, external == null ? "lab" : "external");
    if (external != null) {
      facts.put(RestoreTest.PLACE, external.place());
    }
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
