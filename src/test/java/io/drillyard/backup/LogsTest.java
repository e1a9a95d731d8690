package io.drillyard.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Lsn;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What programs said is read from their real words. */
class LogsTest {
  @Test
  void aRecoveryToTheEndSaysWhereItEnded() {
    RecoveryLog log = RecoveryLog.parse(Sample.text("recovery-ok.log"));
    assertThat(log.redoDone()).isEqualTo(Lsn.parse("0/100000F8"));
    assertThat(log.lastCommit()).isEqualTo(Instant.parse("2026-11-21T15:31:12.831440Z"));
    assertThat(log.complete()).isTrue();
    assertThat(log.newTimeline()).isEqualTo(3);
    assertThat(log.stop()).isNull();
    assertThat(log.restored()).contains("00000002000000000000000F");
  }

  @Test
  void aRecoveryToAMomentSaysWhatItLeftOut() {
    RecoveryLog log = RecoveryLog.parse(Sample.text("recovery-time.log"));
    assertThat(log.stoppedBefore()).isTrue();
    assertThat(log.stopTime()).isEqualTo(Instant.parse("2026-11-21T15:31:10.054835Z"));
    assertThat(log.lastCommit()).isEqualTo(Instant.parse("2026-11-21T15:31:09.678900Z"));
  }

  @Test
  void aRecoveryToAPositionSaysWhereItStopped() {
    RecoveryLog log = RecoveryLog.parse(Sample.text("recovery-lsn.log"));
    assertThat(log.stoppedBefore()).isFalse();
    assertThat(log.stopLsn()).isEqualTo(Lsn.parse("0/C000028"));
  }

  @Test
  void theArchivesEndIsReadFromItsLastSegment() {
    WalDump dump = WalDump.parse(Sample.text("waldump.txt"));
    assertThat(dump.lastRecord()).isEqualTo(Lsn.parse("0/100000F8"));
    assertThat(dump.lastCommit()).isEqualTo(Instant.parse("2026-11-21T15:31:12.831440Z"));
    assertThat(WalDump.parse("pg_waldump: error").lastRecord()).isNull();
    assertThat(
            WalDump.parse(
                    "rmgr: Transaction lsn: 0/1, prev 0/0, desc: COMMIT_PREPARED 756: 2026-11-21 15:31:12.5 UTC")
                .lastCommit())
        .isEqualTo(Instant.parse("2026-11-21T15:31:12.500Z"));
  }

  @Test
  void verifyIsCleanOnlyWhenItSaysSoAndLookedAtSomething() {
    VerifyOutput ok = VerifyOutput.parse(Sample.text("verify-ok.txt"));
    assertThat(ok.clean()).isTrue();
    assertThat(ok.backups()).isEqualTo(3);
    assertThat(ok.wal()).isPositive();
    VerifyOutput flipped = VerifyOutput.parse(Sample.text("verify-bundleflip.txt"));
    assertThat(flipped.clean()).isFalse();
    assertThat(flipped.problems().getFirst()).contains("is invalid");
    assertThat(VerifyOutput.parse(Sample.text("verify-waltrunc.txt")).problems())
        .anySatisfy(p -> assertThat(p).contains("other: 1"));
    assertThat(VerifyOutput.parse("").clean()).isFalse();
    assertThat(VerifyOutput.parse("stanza: demo\nstatus: ok\n").clean()).isFalse();
  }
}
