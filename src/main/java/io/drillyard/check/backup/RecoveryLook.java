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
    Choice.Target target,
    TargetReached.@Nullable Expected expected,
    String log,
    boolean running,
    StepLimit limit)
    implements Look {
  @Override
  public Finding judge(LooksSoFar test) {
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
      case Choice.Latest latest -> null;
      case Choice.Instantly at -> at.time();
      // A position has no time of its own; the last commit before it has.
      case Choice.BeforeBackup before -> RecoveryLog.parse(log).lastCommit();
      case Choice.AtSwitch at -> RecoveryLog.parse(log).lastCommit();
    };
  }
}
