package io.drillyard.play.restore;

import io.drillyard.check.backup.BackupPurgeOutcome;
import java.util.List;

/**
 * What a lab did about a confirmed plan.
 *
 * @param failures sentences; empty: all went as it had to
 * @param purged by the listings before and after
 * @param said pgBackRest's words
 */
public record BackupPurgeResult(
    List<String> failures, BackupPurgeOutcome purged, List<String> said) {}
