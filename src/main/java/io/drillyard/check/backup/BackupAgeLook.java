package io.drillyard.check.backup;

import io.drillyard.check.Finding;

/** How old the newest backup is follows from the stanza's information. */
public record BackupAgeLook() implements RungLook {
  @Override
  public Finding judge(RungLooks test) {
    InformationLook what = test.information();
    return BackupAge.judge(
        what == null ? null : what.backups(), test.terms().reference(), test.terms().backupAge());
  }
}
