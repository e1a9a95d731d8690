package io.drillyard.check.backup;

import io.drillyard.backup.RecoveryLog;
import io.drillyard.check.Finding;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How recovery went.
 *
 * @param target that it was told to reach
 * @param expected what the archive's end said beforehand; null: nothing
 * @param log the server's log, whole
 * @param running true when the server still ran at the end
 */
public record RecoveryLook(
    RestoreChoice.Target target,
    TargetReached.@Nullable Expected expected,
    String log,
    boolean running,
    StepLimit limit)
    implements RungLook {
  @Override
  public Finding judge(RungLooks test) {
    RecoveryLog read = RecoveryLog.parse(log);
    if (!read.complete() && running) {
      return limit.reached(Rung.TARGET, "The replay");
    }
    return test.terms().live()
        ? TargetReached.judgeGrowing(target, expected, read)
        : TargetReached.judge(target, expected, read);
  }

  /** The moment before which everything has to be there; null: what is not known, or all. */
  public @Nullable Instant until() {
    return switch (target) {
      case RestoreChoice.Latest latest -> null;
      case RestoreChoice.Instantly at -> at.time();
      // A position has no time of its own; the last commit before it has.
      case RestoreChoice.BeforeBackup before -> RecoveryLog.parse(log).lastCommit();
      case RestoreChoice.AtSwitch at -> RecoveryLog.parse(log).lastCommit();
    };
  }
}
