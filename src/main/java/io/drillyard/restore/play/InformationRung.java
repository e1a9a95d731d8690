package io.drillyard.restore.play;

import io.drillyard.backup.BackupInfo;
import io.drillyard.check.Finding;
import io.drillyard.check.backup.Choice;
import io.drillyard.check.backup.Judged;
import io.drillyard.check.backup.Remembered;
import io.drillyard.check.backup.Rung;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stanza's information: whole, in agreement, and not behind what an earlier test saw. */
final class InformationRung {
  private final Setting setting;
  private final @Nullable Remembered remembered;
  private final long seed;
  private final List<String> observations;

  /**
   * Of one test.
   *
   * @param observations takes what is worth saying and nothing wrong
   */
  InformationRung(
      Setting setting, @Nullable Remembered remembered, long seed, List<String> observations) {
    this.setting = setting;
    this.remembered = remembered;
    this.seed = seed;
    this.observations = observations;
  }

  /** Judges what was read. */
  Finding judge(Vault.Seen what, Map<String, Long> sizes) {
    List<String> wrong = new ArrayList<>(what.problems());
    BackupInfo backups = what.backups();
    if (backups != null && remembered != null && what.archive() != null) {
      wrong.addAll(remembered.lostSince(backups, what.archive()));
    }
    if (backups == null || backups.backups().isEmpty()) {
      wrong.add("there is no backup");
    }
    List<String> remarks = new ArrayList<>();
    if (backups != null) {
      setting
          .vault()
          .unknownBackups(sizes, backups)
          .forEach(
              label ->
                  remarks.add(
                      "%s is not in backup.info: a backup in progress, or one that was given up"
                          .formatted(label)));
      pageErrors(backups, wrong, remarks);
    }
    observations.addAll(remarks);
    return wrong.isEmpty()
        ? Judged.met(Rung.INFORMATION, informed(backups), remarks)
        : Judged.missed(
            Rung.INFORMATION,
            "The repository's information is not sound: " + wrong.getFirst(),
            wrong);
  }

  /** A page error that was found while a backup was taken concerns whoever restores that one. */
  private void pageErrors(BackupInfo backups, List<String> wrong, List<String> remarks) {
    List<String> chain = new ArrayList<>();
    try {
      BackupInfo.Backup chosen =
          Choice.of(
                  backups,
                  setting.policy().backup(),
                  Settling.provisional(setting.policy().target()),
                  seed,
                  null)
              .backup();
      chain.add(chosen.label());
      chain.addAll(chosen.references());
    } catch (Choice.NotThereException e) {
      // Another rung says so.
    }
    for (BackupInfo.Backup backup : backups.backups()) {
      if (backup.error() && chain.contains(backup.label())) {
        wrong.add(backup.label() + " was taken with wrong page checksums");
      } else if (backup.error()) {
        remarks.add(
            "%s was taken with wrong page checksums; it is not restored here"
                .formatted(backup.label()));
      }
    }
  }

  private String informed(@Nullable BackupInfo backups) {
    return "%d backups of system %s; all copies and manifests are whole and agree%s."
        .formatted(
            backups == null ? 0 : backups.backups().size(),
            backups == null ? "?" : backups.database().systemId(),
            remembered == null ? "; nothing is remembered of an earlier run" : "");
  }
}
