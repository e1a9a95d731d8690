package io.drillyard.check.backup;

import io.drillyard.check.Finding;

/**
 * What one rung looked at, as data; its verdict is a function of this and of the rungs before it.
 * It stands on the ledger as it is, so that the same function judges it again later, elsewhere.
 */
public sealed interface RungLook
    permits AcknowledgedLook,
        SqlAssertionsLook,
        BackupAgeLook,
        BranchLook,
        ChecksumsLook,
        SingleContextLooks.BroughtBack,
        SingleContextLooks.Others,
        SingleContextLooks.Restored,
        SingleContextLooks.WentOn,
        ContinuityLook,
        DumpLook,
        FreshnessLook,
        InformationLook,
        SandboxIsolationLook,
        RecoveryLook,
        RemovedLook,
        RepositoryLook,
        RestoreLook,
        RestoreTimeLook,
        RestoredSettingsLook,
        StructureLook,
        UnchangedLook,
        VerifyLook {
  /**
   * Judges.
   *
   * @param test what was asked for, and what was seen before
   * @throws IllegalStateException when what was seen has no sense: that is the harness's failure
   */
  Finding judge(RungLooks test);
}
