package io.drillyard.check.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.backup.BackupInfo;
import io.drillyard.backup.DatabaseIdentity;
import io.drillyard.backup.RecoveryLog;
import io.drillyard.backup.Sample;
import io.drillyard.backup.TimelineHistory;
import io.drillyard.backup.TransactionEnds;
import io.drillyard.check.Verdict;
import io.drillyard.ledger.Lsn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Targets around a switch of timelines, and how old a backup may be. */
class TimelineSwitchTest {
  private static final String LISTING =
      """
      rmgr: Heap        len (rec/tot):     54/    54, tx:        749, lsn: 0/0F000040, prev 0/0F000028, desc: INSERT off: 1
      rmgr: Transaction len (rec/tot):     34/    34, tx:        749, lsn: 0/0F000078, prev 0/0F000040, desc: COMMIT 2026-11-21 12:00:01.000100 UTC
      rmgr: Transaction len (rec/tot):     34/    34, tx:        750, lsn: 0/0F0000A0, prev 0/0F000078, desc: ABORT 2026-11-21 12:00:05.500000 UTC
      rmgr: Transaction len (rec/tot):    112/   112, tx:        751, lsn: 0/0F0000D0, prev 0/0F0000A0, desc: COMMIT 2026-11-21 12:00:06.000000 UTC; inval msgs: catcache 7
      """;
  private static final List<TransactionEnds.At> ENDS = TransactionEnds.parse(LISTING);
  private static final TimelineSwitch AT = new TimelineSwitch(2, 1, Lsn.parse("0/F0000A0"));

  @Test
  void onlyCommitsAndAbortsAreRead() {
    assertThat(ENDS)
        .extracting(e -> e.time().toString())
        .containsExactly(
            "2026-11-21T12:00:01.000100Z", "2026-11-21T12:00:05.500Z", "2026-11-21T12:00:06Z");
  }

  @Test
  void beforeLeavesTheLastTransactionOutAndAfterTakesTheFirstIn() {
    assertThat(AT.target("before-switch", ENDS))
        .isEqualTo(new RestoreChoice.Instantly(Instant.parse("2026-11-21T12:00:01.000099Z")));
    assertThat(AT.target("after-switch", ENDS))
        .isEqualTo(new RestoreChoice.Instantly(Instant.parse("2026-11-21T12:00:05.500Z")));
    assertThat(AT.target("at-switch", List.of()))
        .isEqualTo(new RestoreChoice.AtSwitch(2, "0/F0000A0"));
    assertThatThrownBy(() -> AT.target("before-switch", ENDS.subList(1, 3)))
        .isInstanceOf(RestoreChoice.NotThereException.class);
    assertThatThrownBy(() -> AT.target("after-switch", ENDS.subList(0, 1)))
        .isInstanceOf(RestoreChoice.NotThereException.class);
  }

  @Test
  void theNewestSwitchBehindTheBackupCounts() {
    BackupInfo.Backup backup = Sample.backups().backups().getFirst();
    long end = Lsn.parse(backup.stopLsn());
    TimelineHistory two =
        new TimelineHistory(2, List.of(new TimelineHistory.Ancestor(1, end + 100)));
    TimelineHistory three =
        new TimelineHistory(
            3,
            List.of(
                new TimelineHistory.Ancestor(1, end + 100),
                new TimelineHistory.Ancestor(2, end + 900)));
    assertThat(TimelineSwitch.newest(Map.of(2L, two, 3L, three), backup))
        .isEqualTo(new TimelineSwitch(3, 2, end + 900));
    TimelineHistory given =
        new TimelineHistory(4, List.of(new TimelineHistory.Ancestor(1, end - 50)));
    assertThatThrownBy(() -> TimelineSwitch.newest(Map.of(2L, two, 4L, given), backup))
        .as("timeline 2 is no ancestor of the newest")
        .isInstanceOf(RestoreChoice.NotThereException.class);
    TimelineHistory early =
        new TimelineHistory(2, List.of(new TimelineHistory.Ancestor(1, end - 100)));
    assertThatThrownBy(() -> TimelineSwitch.newest(Map.of(2L, early), backup))
        .isInstanceOf(RestoreChoice.NotThereException.class);
  }

  @Test
  void aRecoveryToTheSwitchMustStopBeforeItsFirstRecord() {
    RestoreChoice.Target at = new RestoreChoice.AtSwitch(2, "0/F0000A0");
    assertThat(judged(at, "recovery stopping before WAL location (LSN) \"0/F0000A0\"").verdict())
        .isEqualTo(Verdict.MET);
    assertThat(judged(at, "recovery stopping after WAL location (LSN) \"0/F0000A0\"").verdict())
        .isEqualTo(Verdict.MISSED);
    assertThat(judged(at, "recovery stopping before WAL location (LSN) \"0/F0000D0\"").verdict())
        .isEqualTo(Verdict.MISSED);
    assertThat(judged(at, "").verdict()).isEqualTo(Verdict.MISSED);
    RestoreChoice.Target page = new RestoreChoice.AtSwitch(2, "0/F000000");
    assertThat(judged(page, "recovery stopping before WAL location (LSN) \"0/F000028\"").verdict())
        .as("behind the first page's header")
        .isEqualTo(Verdict.MET);
    assertThat(judged(page, "recovery stopping before WAL location (LSN) \"0/F000030\"").verdict())
        .isEqualTo(Verdict.MISSED);
  }

  private static io.drillyard.check.Finding judged(RestoreChoice.Target target, String stop) {
    String log =
        stop
            + "\nredo done at 0/F000078 system usage\nlast completed transaction was at log time 2026-11-21 12:00:01.0001 UTC\narchive recovery complete\n";
    return TargetReached.judge(target, null, RecoveryLog.parse(log));
  }

  @Test
  void aBackupThatIsTooOldIsMissed() {
    BackupInfo info = Sample.backups();
    Instant newest = info.backups().getLast().stop();
    Duration day = Duration.ofHours(26);
    assertThat(BackupAge.judge(info, newest.plus(day), day).verdict()).isEqualTo(Verdict.MET);
    assertThat(BackupAge.judge(info, newest.plus(day).plusSeconds(1), day).verdict())
        .isEqualTo(Verdict.MISSED);
    assertThat(BackupAge.judge(info, newest.minusSeconds(60), day).verdict())
        .as("a clock that is behind proves nothing")
        .isEqualTo(Verdict.UNDETERMINED);
    assertThat(BackupAge.judge(info, newest, null).verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(BackupAge.judge(null, newest, day).verdict()).isEqualTo(Verdict.MISSED);
    DatabaseIdentity was = info.database();
    DatabaseIdentity upgraded = new DatabaseIdentity(was.id() + 1, was.systemId(), was.version());
    assertThat(BackupAge.judge(new BackupInfo(upgraded, info.backups()), newest, day).verdict())
        .as("backups of the database before an upgrade")
        .isEqualTo(Verdict.MISSED);
  }
}
