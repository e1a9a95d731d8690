package io.drillyard.check.backup;

import io.drillyard.check.Finding;

/**
 * What one rung looked at, as data; its verdict is a function of this and of the rungs before it.
 * It stands on the ledger as it is, so that the same function judges it again later, elsewhere.
 */
public sealed interface Look
    permits AcknowledgedLook,
        AssertionsLook,
        BackupAgeLook,
        BranchLook,
        ChecksumsLook,
        ContextLooks.BroughtBack,
        ContextLooks.Others,
        ContextLooks.Restored,
        ContextLooks.WentOn,
        ContinuityLook,
        DumpLook,
        FreshnessLook,
        InformationLook,
        IsolationLook,
        RecoveryLook,
        RemovedLook,
        RepositoryLook,
        RestoreLook,
        RestoreTimeLook,
        SettingsLook,
        StructureLook,
        UnchangedLook,
        VerifyLook {
  /**
   * Judges.
   *
   * @param test what was asked for, and what was seen before
   * @throws IllegalStateException when what was seen has no sense: that is the harness's failure
   */
  Finding judge(LooksSoFar test);
}
