package io.drillyard.check.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.backup.ArchiveListing;
import io.drillyard.backup.BackupInfo;
import io.drillyard.backup.Sample;
import io.drillyard.check.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Choice, freshness, ledger, memory and the sum of a ladder. */
class JudgeTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void theSameSeedChoosesTheSame() {
    BackupInfo info = Sample.backups();
    Instant newest = info.backups().getLast().stop().plusSeconds(100);
    for (long seed = 1; seed < 20; seed++) {
      RestoreChoice once = RestoreChoice.of(info, "random", "random-instant", seed, newest);
      assertThat(RestoreChoice.of(info, "random", "random-instant", seed, newest)).isEqualTo(once);
      assertThat(((RestoreChoice.Instantly) once.target()).time())
          .isBetween(once.backup().stop(), newest);
    }
    assertThat(
            LongStream.range(0, 40)
                .mapToObj(s -> RestoreChoice.of(info, "random", "latest", s, null).backup().label())
                .distinct())
        .hasSize(3);
  }

  @Test
  void theLongestReplayEndsWhereTheNextBackupBegan() {
    RestoreChoice choice =
        RestoreChoice.of(Sample.backups(), "latest", "before-next-backup", 1, null);
    assertThat(choice.backup().type()).isEqualTo("diff");
    assertThat(choice.target().words()).contains("0/C000028");
    assertThatThrownBy(
            () -> RestoreChoice.of(Sample.backups(), "20200101-000000F", "latest", 1, null))
        .isInstanceOf(RestoreChoice.NotThereException.class)
        .hasMessageContaining("there are");
  }

  @Test
  void freshnessWithoutAHeartbeatIsNeverAssumed() {
    Duration limit = Duration.ofMinutes(1);
    assertThat(HeartbeatFreshness.judge(null, NOON, limit).verdict())
        .isEqualTo(Verdict.UNDETERMINED);
    assertThat(HeartbeatFreshness.judge(NOON.minusSeconds(59), NOON, limit).verdict())
        .isEqualTo(Verdict.MET);
    assertThat(HeartbeatFreshness.judge(NOON.minusSeconds(61), NOON, limit).verdict())
        .isEqualTo(Verdict.MISSED);
    assertThat(HeartbeatFreshness.judge(NOON, NOON, null).verdict())
        .isEqualTo(Verdict.UNDETERMINED);
    assertThat(HeartbeatFreshness.judge(NOON.plusSeconds(5), NOON, limit).verdict())
        .isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void whatWasAcknowledgedBeforeTheTargetIsThereAndNothingLater() {
    List<AcknowledgedWrites.Write> writes =
        LongStream.range(0, 10)
            .mapToObj(
                n ->
                    new AcknowledgedWrites.Write(
                        n, NOON.plusSeconds(n), NOON.plusSeconds(n).plusMillis(500)))
            .toList();
    Instant target = NOON.plusMillis(4200);
    assertThat(AcknowledgedWrites.judge(writes, Set.of(0L, 1L, 2L, 3L), target).verdict())
        .isEqualTo(Verdict.MET);
    assertThat(AcknowledgedWrites.judge(writes, Set.of(0L, 1L, 2L, 3L, 4L), target).verdict())
        .isEqualTo(Verdict.MET);
    assertThat(AcknowledgedWrites.judge(writes, Set.of(0L, 1L, 3L), target).verdict())
        .isEqualTo(Verdict.MISSED);
    assertThat(AcknowledgedWrites.judge(writes, Set.of(0L, 1L, 2L, 3L, 5L), target).verdict())
        .isEqualTo(Verdict.MISSED);
    assertThat(AcknowledgedWrites.judge(writes, Set.of(0L), null).summary()).contains("9 are lost");
    assertThat(AcknowledgedWrites.judge(List.of(), Set.of(), null).verdict())
        .isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void anObjectThatIsGoneAlteredOrNewIsAChange() {
    Map<String, String> before = Map.of("a", "1", "b", "2");
    assertThat(RepositoryDifference.judge(before, Map.of("a", "1", "b", "2")).verdict())
        .isEqualTo(Verdict.MET);
    for (Map<String, String> after :
        List.of(
            Map.of("a", "1"), Map.of("a", "1", "b", "3"), Map.of("a", "1", "b", "2", "c", "3"))) {
      assertThat(RepositoryDifference.judge(before, after).verdict()).isEqualTo(Verdict.MISSED);
    }
  }

  @Test
  void aRepositoryInUseMayGrowAndWhoChangedItIsNotKnown() {
    Map<String, String> before = Map.of("a", "1", "b", "2");
    assertThat(RepositoryDifference.judgeLive(before, before, List.of()).verdict())
        .isEqualTo(Verdict.MET);
    var grown =
        RepositoryDifference.judgeLive(before, Map.of("a", "1", "b", "2", "c", "3"), List.of());
    assertThat(grown.verdict()).isEqualTo(Verdict.MET);
    assertThat(grown.details()).containsExactly("c is new");
    for (Map<String, String> after : List.of(Map.of("a", "1"), Map.of("a", "1", "b", "3"))) {
      assertThat(RepositoryDifference.judgeLive(before, after, List.of()).verdict())
          .isEqualTo(Verdict.UNDETERMINED);
    }
  }

  @Test
  void expectationsCompareNumbersAsNumbers() {
    assertThat(AssertionExpectation.met("> 0", "12")).isTrue();
    assertThat(AssertionExpectation.met(">= 12.5", "12")).isFalse();
    assertThat(AssertionExpectation.met("<> 0", "0")).isFalse();
    assertThat(AssertionExpectation.met("> 0", "")).isFalse();
    assertThat(AssertionExpectation.met("t", "t")).isTrue();
    assertThat(AssertionExpectation.met("0", "00")).isFalse();
  }

  private static ArchiveListing archive(long last) {
    Map<String, Long> keys = new java.util.LinkedHashMap<>();
    for (long n = 1; n <= last; n++) {
      keys.put(
          "0000000100000000/%024X-%040x.zst".formatted(n, 5).replaceFirst("/0{8}", "/00000001"),
          9L);
    }
    return ArchiveListing.of(keys, 16L << 20);
  }

  @Test
  void aRepositoryThatWentBackInTimeIsRecognised() {
    BackupInfo now = Sample.backups();
    EarlierRepositoryState seen = EarlierRepositoryState.of(now, archive(20));
    assertThat(seen.lostSince(now, archive(20))).isEmpty();
    assertThat(seen.lostSince(now, archive(25))).isEmpty();
    assertThat(seen.lostSince(now, archive(19))).hasSize(1);
    BackupInfo earlier = new BackupInfo(now.database(), now.backups().subList(0, 2));
    assertThat(seen.lostSince(earlier, archive(20)).getFirst())
        .contains("an earlier run saw backup");
    assertThat(new EarlierRepositoryState("1", "", Map.of()).lostSince(now, archive(20)).getFirst())
        .contains("an earlier run saw the backups of system 1");
  }

  @Test
  void aRequiredRungThatWasNotTriedIsNoPass() {
    RestoreRungResult met =
        new RestoreRungResult(
            Rung.RESTORE, true, 0, 1, true, RungFindings.met(Rung.RESTORE, "", List.of()));
    RestoreRungResult missed =
        new RestoreRungResult(
            Rung.DUMP, true, 0, 1, true, RungFindings.missed(Rung.DUMP, "", List.of()));
    RestoreRungResult untried = RestoreRungResult.untried(Rung.DUMP, true, "the restore failed");
    assertThat(RestoreRungResult.of(List.of())).isEqualTo(Verdict.UNDETERMINED);
    assertThat(RestoreRungResult.of(List.of(met))).isEqualTo(Verdict.MET);
    assertThat(RestoreRungResult.of(List.of(met, untried))).isEqualTo(Verdict.UNDETERMINED);
    assertThat(RestoreRungResult.of(List.of(untried, missed))).isEqualTo(Verdict.MISSED);
    assertThat(RestoreRungResult.of(List.of(met, RestoreRungResult.untried(Rung.DUMP, false, ""))))
        .isEqualTo(Verdict.MET);
  }
}
