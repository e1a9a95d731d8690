package io.drillyard.check.backup;

import io.drillyard.check.Finding;

/** How old the newest backup is follows from the stanza's information. */
public record BackupAgeLook() implements Look {
  @Override
  public Finding judge(LooksSoFar test) {
    InformationLook what = test.information();
    return BackupAge.judge(
        what == null ? null : what.backups(), test.terms().reference(), test.terms().backupAge());
  }
}
