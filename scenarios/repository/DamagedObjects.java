package repository;

import static io.drillyard.check.backup.Rung.CONTINUITY;
import static io.drillyard.check.backup.Rung.INFORMATION;
import static io.drillyard.check.backup.Rung.REACHABLE;
import static io.drillyard.check.backup.Rung.RESTORE;
import static io.drillyard.check.backup.Rung.TARGET;
import static io.drillyard.check.backup.Rung.VERIFY;

import io.drillyard.check.backup.Rung;
import io.drillyard.fault.ObjectDamage;
import io.drillyard.fault.RepositoryFault.ObjectsDamaged;
import io.drillyard.scenario.RestoreDrill;
import io.drillyard.scenario.RestoreScenarios;
import java.util.List;

/** Each damage to the objects of a repository has to be noticed, by the named rung. */
public final class DamagedObjects implements RestoreScenarios {
  @Override
  public List<RestoreDrill> plans() {
    return List.of(
        damage(ObjectDamage.SEGMENT_MISSING, CONTINUITY),
        damage(ObjectDamage.SEGMENT_EMPTY, CONTINUITY),
        damage(ObjectDamage.SEGMENT_TRUNCATED, VERIFY),
        damage(ObjectDamage.SEGMENT_BIT_FLIPPED, VERIFY),
        damage(ObjectDamage.SEGMENT_SWAPPED, TARGET),
        damage(ObjectDamage.SEGMENT_RIVAL, CONTINUITY),
        damage(ObjectDamage.TAIL_MISSING, INFORMATION),
        damage(ObjectDamage.HISTORY_MISSING, CONTINUITY),
        damage(ObjectDamage.HISTORY_ALTERED, CONTINUITY),
        damage(ObjectDamage.BACKUP_BIT_FLIPPED, VERIFY),
        // pgbackrest verify does not come to an end on it.
        damage(ObjectDamage.BACKUP_TRUNCATED, RESTORE),
        damage(ObjectDamage.BACKUP_FILE_MISSING, INFORMATION),
        damage(ObjectDamage.PARENT_MISSING, INFORMATION),
        damage(ObjectDamage.MANIFEST_BIT_FLIPPED, INFORMATION),
        damage(ObjectDamage.MANIFEST_MISSING, INFORMATION),
        damage(ObjectDamage.ARCHIVE_INFO_BIT_FLIPPED, INFORMATION),
        damage(ObjectDamage.ARCHIVE_INFO_MISSING, INFORMATION),
        damage(ObjectDamage.BACKUP_INFO_BIT_FLIPPED, INFORMATION),
        damage(ObjectDamage.WRONG_SYSTEM_IN_ARCHIVE, INFORMATION),
        damage(ObjectDamage.WRONG_SYSTEM, INFORMATION),
        damage(ObjectDamage.ROLLED_BACK, INFORMATION),
        RestoreDrill.ofRepository("ransom", ObjectDamage.EVERYTHING_DELETED.words())
            .inject(new ObjectsDamaged(ObjectDamage.EVERYTHING_DELETED))
            .testCaughtBy(REACHABLE)
            .heal()
            .testOvercome());
  }

  private static RestoreDrill damage(ObjectDamage damage, Rung rung) {
    return RestoreDrill.ofRepository(damage.option(), damage.words())
        .inject(new ObjectsDamaged(damage))
        .testCaughtBy(rung)
        .heal();
  }
}
