package io.drillyard.check.backup;

import io.drillyard.backup.BackupInfo;
import io.drillyard.check.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the copy of the backup to the sandbox went.
 *
 * @param here PostgreSQL's major version in the sandbox
 * @param freeBytes of the sandbox's volume beforehand
 * @param said what pgBackRest said; null: the sandbox cannot take that backup, and nothing was
 *     copied
 * @param silence what else was asked when the store gave no answer; null: it gave one
 * @param system the restored files' own word on which system they are; null: they have none
 */
public record RestoreLook(
    String here,
    long freeBytes,
    @Nullable ProgramOutput said,
    StepLimit limit,
    @Nullable StoreSilence silence,
    @Nullable String system)
    implements RungLook {
  /** Why this sandbox cannot take that backup, which says nothing about the backup; or null. */
  public static @Nullable String unfit(
      BackupInfo info, BackupInfo.Backup backup, String here, long free) {
    String version = info.database().version();
    if (!version.equals(here)) {
      return "The backup is of PostgreSQL %s, the sandbox has %s: choose another image for it."
          .formatted(version, here);
    }
    return free < backup.bytes()
        ? "The backup takes %,d bytes, the sandbox has %,d left: nothing was restored."
            .formatted(backup.bytes(), free)
        : null;
  }

  @Override
  public Finding judge(RungLooks test) {
    InformationLook what = test.information();
    RestoreChoice chosen = what == null ? null : what.choice(test.terms());
    if (what == null || what.backups() == null || chosen == null) {
      throw new IllegalStateException("a restore without information");
    }
    String stated = what.backups().database().systemId();
    String unfit = unfit(what.backups(), chosen.backup(), here, freeBytes);
    if (unfit != null) {
      return RungFindings.undetermined(Rung.RESTORE, unfit);
    }
    if (said == null) {
      throw new IllegalStateException("nothing was restored, and nothing says why");
    }
    Finding failed = limit.failed(Rung.RESTORE, "The copy", "pgbackrest restore", said, silence);
    if (failed != null) {
      return failed;
    }
    if (!stated.equals(system)) {
      return RungFindings.missed(
          Rung.RESTORE,
          "The restored files are of system %s, the repository says %s.".formatted(system, stated),
          List.of());
    }
    return RungFindings.met(
        Rung.RESTORE,
        "Backup %s is restored, with archiving off.".formatted(chosen.backup().label()),
        List.of());
  }
}
