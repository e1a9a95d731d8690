package io.drillyard.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Lsn;
import java.time.Instant;
import java.util.Set;
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
    VerifyOutput ok = VerifyOutput.parse(Sample.text("verify-ok.txt"), Set.of());
    assertThat(ok.clean()).isTrue();
    assertThat(ok.backups()).isEqualTo(3);
    assertThat(ok.wal()).isPositive();
    VerifyOutput flipped = VerifyOutput.parse(Sample.text("verify-bundleflip.txt"), Set.of());
    assertThat(flipped.clean()).isFalse();
    assertThat(flipped.problems().getFirst()).contains("is invalid");
    assertThat(VerifyOutput.parse(Sample.text("verify-waltrunc.txt"), Set.of()).problems())
        .anySatisfy(p -> assertThat(p).contains("other: 1"));
    assertThat(VerifyOutput.parse("", Set.of()).clean()).isFalse();
    assertThat(VerifyOutput.parse("stanza: demo\nstatus: ok\n", Set.of()).clean()).isFalse();
    String underway =
        "stanza: demo\nstatus: ok\n  backup: 20261121-000000F, status: valid, total files checked: 1, total valid files: 1\n  backup: 20261122-000000F, status: in-progress, total files checked: 0, total valid files: 0\n";
    assertThat(VerifyOutput.parse(underway, Set.of("20261121-000000F")).clean()).isTrue();
    assertThat(VerifyOutput.parse(underway, Set.of("20261121-000000F")).underway())
        .containsExactly("20261122-000000F");
    // One that the information lists is finished: then it is a part of it that lacks.
    assertThat(VerifyOutput.parse(underway, Set.of("20261122-000000F")).clean()).isFalse();
  }
}
