package io.drillyard.check.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.backup.RecoveryLog;
import io.drillyard.backup.Sample;
import io.drillyard.backup.WalDump;
import io.drillyard.check.Verdict;
import io.drillyard.ledger.Lsn;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A recovery that ended early is missed, however well it went. */
class TargetReachedTest {
  private static final TargetReached.Expected END =
      TargetReached.Expected.of(
          WalDump.parse(Sample.text("waldump.txt")),
          Instant.parse("2026-11-21T15:31:12.831440Z"),
          "000000020000000000000010");

  private static RecoveryLog log(String name) {
    return RecoveryLog.parse(Sample.text("recovery-" + name + ".log"));
  }

  @Test
  void toTheEndMeansToTheLastRecord() {
    assertThat(TargetReached.judge(new RestoreChoice.Latest(), END, log("ok")).verdict())
        .isEqualTo(Verdict.MET);
  }

  @Test
  void aRestoreThatStoppedAtAGapIsMissed() {
    var finding = TargetReached.judge(new RestoreChoice.Latest(), END, log("gap"));
    assertThat(finding.verdict()).isEqualTo(Verdict.MISSED);
    assertThat(finding.summary()).contains("0/31537F8", "said nothing");
  }

  /** How a sandbox is set is our matter; what recovery met on its way is not. */
  @Test
  void settingsThatAServerRefusesSayNothingOfTheBackup() {
    for (String ours :
        List.of(
            "22023 FATAL:  multiple recovery targets specified",
            "22023 FATAL:  recovery aborted because of insufficient parameter settings",
            "42704 FATAL:  unrecognized configuration parameter \"x\"",
            "F0000 FATAL:  configuration file \"/d/postgresql.auto.conf\" contains errors")) {
      var finding = TargetReached.judge(new RestoreChoice.Latest(), END, ended(ours));
      assertThat(finding.verdict()).as(ours).isEqualTo(Verdict.UNDETERMINED);
      assertThat(finding.summary()).as(ours).contains("refused the settings", "Remedy");
    }
    for (String damage :
        List.of(
            "F0000 FATAL:  recovery ended before configured recovery target was reached",
            "XX000 FATAL:  could not locate required checkpoint record",
            "XX001 PANIC:  could not locate a valid checkpoint record")) {
      assertThat(TargetReached.judge(new RestoreChoice.Latest(), END, ended(damage)).verdict())
          .as(damage)
          .isEqualTo(Verdict.MISSED);
    }
  }

  private static RecoveryLog ended(String fatal) {
    return RecoveryLog.parse("2026-11-29 18:01:04.659 UTC [23958] " + fatal + "\n");
  }

  @Test
  void anArchiveInUseMayHoldMoreThanBeforehandAndNeverLess() {
    var earlier =
        new TargetReached.Expected(
            Lsn.parse("0/2000000"), Instant.parse("2026-11-21T15:00:00Z"), "x");
    assertThat(TargetReached.judgeGrowing(new RestoreChoice.Latest(), earlier, log("ok")).verdict())
        .isEqualTo(Verdict.MET);
    assertThat(TargetReached.judge(new RestoreChoice.Latest(), earlier, log("ok")).verdict())
        .isEqualTo(Verdict.MISSED);
    assertThat(TargetReached.judgeGrowing(new RestoreChoice.Latest(), END, log("ok")).verdict())
        .isEqualTo(Verdict.MET);
    assertThat(TargetReached.judgeGrowing(new RestoreChoice.Latest(), END, log("gap")).verdict())
        .isEqualTo(Verdict.MISSED);
    assertThat(TargetReached.judgeGrowing(new RestoreChoice.Latest(), null, log("ok")).verdict())
        .isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void aSandboxWithoutTheSourcesLibrarySaysNothingOfTheBackup() {
    String told =
        "2026-11-22 05:17:44.924 UTC [152] 58P01 FATAL:  could not access file \"%s\": No such file or directory\n";
    var finding =
        TargetReached.judge(
            new RestoreChoice.Latest(), END, RecoveryLog.parse(told.formatted("pg_cron")));
    assertThat(finding.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(finding.summary()).contains("'pg_cron'", "packages");
    for (String other :
        new String[] {
          told.formatted("base/5/1259"),
          told.formatted("pg_cron").replace("58P01", "58P02"),
          told.formatted("pg_cron") + told.formatted("pg_cron").replace("FATAL", "PANIC"),
          Sample.text("recovery-gap.log") + told.formatted("pg_cron")
        }) {
      assertThat(
              TargetReached.judge(new RestoreChoice.Latest(), END, RecoveryLog.parse(other))
                  .verdict())
          .as(other)
          .isEqualTo(Verdict.MISSED);
    }
  }

  @Test
  void withNothingToCompareItStaysOpen() {
    var unread = new TargetReached.Expected(null, null, "000000020000000000000010");
    assertThat(TargetReached.judge(new RestoreChoice.Latest(), unread, log("ok")).verdict())
        .isEqualTo(Verdict.UNDETERMINED);
    assertThat(TargetReached.judge(new RestoreChoice.Latest(), null, log("ok")).verdict())
        .isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void aLostLastCommitIsMissedEvenAtTheRightPosition() {
    var later =
        new TargetReached.Expected(
            Lsn.parse("0/100000F8"), Instant.parse("2026-11-21T15:31:13Z"), "x");
    assertThat(TargetReached.judge(new RestoreChoice.Latest(), later, log("ok")).verdict())
        .isEqualTo(Verdict.MISSED);
  }

  @Test
  void aMomentLiesBetweenTheLastCommitAndTheFirstLeftOut() {
    Instant between = Instant.parse("2026-11-21T15:31:10Z");
    assertThat(
            TargetReached.judge(new RestoreChoice.Instantly(between), null, log("time")).verdict())
        .isEqualTo(Verdict.MET);
    Instant later = Instant.parse("2026-11-21T15:31:11Z");
    assertThat(TargetReached.judge(new RestoreChoice.Instantly(later), null, log("time")).verdict())
        .isEqualTo(Verdict.MISSED);
    assertThat(TargetReached.judge(new RestoreChoice.Instantly(between), null, log("ok")).verdict())
        .isEqualTo(Verdict.MISSED);
  }

  @Test
  void aPositionIsReachedOrNot() {
    assertThat(
            TargetReached.judge(new RestoreChoice.BeforeBackup("b", "0/C000028"), null, log("lsn"))
                .verdict())
        .isEqualTo(Verdict.MET);
    assertThat(
            TargetReached.judge(new RestoreChoice.BeforeBackup("b", "0/D000028"), null, log("lsn"))
                .verdict())
        .isEqualTo(Verdict.MISSED);
  }

  @Test
  void aServerThatNeverOpenedIsMissed() {
    assertThat(
            TargetReached.judge(new RestoreChoice.Latest(), END, RecoveryLog.parse("")).verdict())
        .isEqualTo(Verdict.MISSED);
    var fatal = RecoveryLog.parse("x FATAL:  recovery ended before configured recovery target");
    assertThat(TargetReached.judge(new RestoreChoice.Latest(), END, fatal).summary())
        .contains("before configured");
  }

  /** Seen at 1 GB: the harness asked between the end of recovery and the opening. */
  @Test
  void aClientThatWasTurnedAwayIsNoEndOfTheRecovery() {
    String early =
        "2026-11-22 00:50:25.379 UTC [2951] 57P03 FATAL:  the database system is not accepting connections";
    String broken =
        "2026-11-22 00:50:25.379 UTC [2951] 58P01 FATAL:  could not locate required checkpoint record";
    assertThat(RecoveryLog.parse(early).fatal()).isEmpty();
    assertThat(RecoveryLog.parse(early + "\n" + broken).fatal()).containsExactly(broken);
  }
}
