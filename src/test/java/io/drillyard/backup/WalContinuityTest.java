package io.drillyard.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.HangLimit;
import io.drillyard.ledger.Lsn;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A gap anywhere between backup and target is an error; what lies elsewhere is a remark. */
class WalContinuityTest {
  private static final long MIB16 = WalSegment.USUAL_BYTES;
  private static final String SUM = "906db2b5ab9bdc1e84468035133ab1b05def49ff";
  private static final TimelineHistory SECOND =
      TimelineHistory.parse(2, "1\t0/90000A0\tno recovery target specified\n");

  private final Map<String, Long> keys = new LinkedHashMap<>();

  private static BackupInfo.Backup backup(String wal, String stopWal, String start, String stop) {
    return new BackupInfo.Backup(
        "20261121-152319F",
        "full",
        1,
        List.of(),
        Instant.EPOCH,
        Instant.EPOCH,
        start,
        stop,
        wal,
        stopWal,
        false,
        1);
  }

  private static BackupInfo.Backup first() {
    return backup(name(1, 2), name(1, 2), "0/2000028", "0/2000120");
  }

  private static String name(long timeline, long number) {
    return new WalSegment(timeline, number).name(MIB16);
  }

  private void archived(long timeline, long from, long to) {
    for (long n = from; n <= to; n++) {
      String name = name(timeline, n);
      keys.put(name.substring(0, 16) + "/" + name + "-" + SUM + ".zst", 1000L);
    }
  }

  private void remove(long timeline, long number) {
    keys.keySet().removeIf(k -> k.contains(name(timeline, number)));
  }

  private WalContinuity follow(BackupInfo.Backup from, @Nullable String targetLsn) {
    return WalContinuity.of(
        from,
        ArchiveListing.of(keys, MIB16),
        keys.containsKey("00000002.history") ? Map.of(2L, SECOND) : Map.of(),
        ArchiveListing.of(keys, MIB16).newestTimeline(),
        targetLsn == null ? null : Lsn.parse(targetLsn));
  }

  private void twoTimelines() {
    archived(1, 1, 8);
    keys.put("0000000100000000/" + name(1, 9) + ".partial-" + SUM + ".zst", 1000L);
    keys.put("00000002.history", 41L);
    keys.put("0000000100000000/" + name(1, 2) + ".00000028.backup", 371L);
    archived(2, 9, 15);
  }

  @Test
  void aWholeArchiveIsWhole() {
    archived(1, 1, 20);
    WalContinuity way = follow(first(), null);
    assertThat(way.whole()).isTrue();
    assertThat(way.required()).isEqualTo(19);
    assertThat(way.last()).isEqualTo(new WalSegment(1, 20));
  }

  @Test
  void everySingleMissingSegmentIsSeen() {
    for (long gone = 2; gone < 20; gone++) {
      keys.clear();
      archived(1, 1, 20);
      remove(1, gone);
      WalContinuity way = follow(first(), null);
      assertThat(way.problems()).containsExactly("missing " + name(1, gone));
      assertThat(way.whole()).isFalse();
    }
  }

  @Test
  void theMissingEndCannotBeSeenFromHere() {
    archived(1, 1, 19);
    assertThat(follow(first(), null).whole()).isTrue();
  }

  @Test
  void theWayLeadsThroughASwitchOfTimelines() {
    twoTimelines();
    WalContinuity way = follow(first(), null);
    assertThat(way.problems()).isEmpty();
    assertThat(way.stretches()).containsExactly(new WalStretch(1, 2, 8), new WalStretch(2, 9, 15));
    remove(2, 9);
    assertThat(follow(first(), null).problems()).containsExactly("missing " + name(2, 9));
  }

  @Test
  void withoutTheHistoryARestoreWouldEndOnTheOldTimeline() {
    twoTimelines();
    keys.remove("00000002.history");
    assertThat(follow(first(), null).problems().getFirst()).contains("00000002.history is missing");
  }

  @Test
  void aTargetBeforeTheSwitchNeedsNoneOfTheNewTimeline() {
    twoTimelines();
    remove(2, 12);
    WalContinuity way = follow(first(), "0/7000028");
    assertThat(way.problems()).isEmpty();
    assertThat(way.last()).isEqualTo(new WalSegment(1, 7));
    assertThat(way.remarks()).containsExactly("not on this way: missing " + name(2, 12));
    assertThat(follow(first(), "0/B000028").whole()).isTrue();
    assertThat(follow(first(), "0/C000028").whole()).isFalse();
  }

  @Test
  void aBackupNeedsItsOwnLastSegment() {
    archived(1, 1, 2);
    WalContinuity way = follow(backup(name(1, 2), name(1, 4), "0/2000028", "0/4000120"), null);
    assertThat(way.problems())
        .containsExactly("missing %s to %s (2 segments)".formatted(name(1, 3), name(1, 4)));
  }

  @Test
  void anEmptyArchiveIsNotWhole() {
    assertThat(follow(first(), null).whole()).isFalse();
  }

  @Test
  void twoContentsOfOneNameAreTwoPrimaries() {
    archived(1, 1, 5);
    keys.put(
        "0000000100000000/" + name(1, 4) + "-7004884620f88a752ecc47e5c74d1dd1f4ba6382.zst", 9L);
    assertThat(follow(first(), null).problems().getFirst()).contains("2 contents", "two primaries");
  }

  @Test
  void oneContentTwiceIsNoRival() {
    archived(1, 1, 5);
    keys.put("0000000100000000/" + name(1, 4) + "-" + SUM + ".lz4", 9L);
    assertThat(ArchiveListing.of(keys, MIB16).rivals()).isEmpty();
  }

  @Test
  void whatLiesBesideTheArchiveIsNotOfIt() {
    twoTimelines();
    String other = "-7004884620f88a752ecc47e5c74d1dd1f4ba6382.zst";
    keys.put("0000000100000000/" + name(1, 4) + other, 9L);
    Map<String, Long> all = new LinkedHashMap<>();
    keys.forEach((key, size) -> all.put("backups/archive/shop/17-1/" + key, size));
    all.put("backups/archive/shop/16-1/0000000100000000/" + name(1, 5) + other, 9L);
    all.put("0000000100000000/" + name(1, 6) + other, 9L);
    assertThat(ArchiveListing.of(all, "backups/archive/shop/17-1/", MIB16))
        .isEqualTo(ArchiveListing.of(keys, MIB16));
    assertThat(ArchiveListing.of(keys, MIB16).rivals())
        .containsExactly(
            Map.entry(name(1, 4), Set.of(SUM, "7004884620f88a752ecc47e5c74d1dd1f4ba6382")));
  }

  @Test
  void anEmptyObjectIsNoSegment() {
    archived(1, 1, 5);
    keys.replaceAll((k, v) -> k.contains(name(1, 4)) ? 0L : v);
    assertThat(follow(first(), null).problems()).containsExactly(name(1, 4) + " is empty");
  }

  @Test
  void aBackupAfterTheForkIsNoAncestor() {
    twoTimelines();
    BackupInfo.Backup late = backup(name(1, 9), name(1, 9), "0/9000200", "0/9000300");
    assertThat(follow(late, null).problems())
        .anySatisfy(p -> assertThat(p).contains("before the backup ended"));
  }

  @Test
  void fiftyThousandSegmentsTakeNoSquareOfTheirNumber() {
    archived(1, 1, 50_000);
    remove(1, 31_337);
    long start = System.nanoTime();
    WalContinuity way = follow(first(), null);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThan(HangLimit.quietSeconds(2).duration());
    assertThat(way.problems()).containsExactly("missing " + name(1, 31_337));
    assertThat(Objects.requireNonNull(way.last()).number()).isEqualTo(50_000);
  }

  @Test
  void segmentsOfAnotherSizeAreUnderstood() {
    assertThat(WalSegment.bytesFrom(Map.of("000000010000000000000001", 0x4000028L), Map.of()))
        .isEqualTo(64L << 20);
    assertThat(
            WalSegment.bytesFrom(
                Map.of("000000010000000000000002", Lsn.parse("0/2000028")), Map.of()))
        .isEqualTo(MIB16);
    assertThat(WalSegment.parse("0000000100000001000000FF", MIB16).endLsn(MIB16))
        .isEqualTo(Lsn.parse("2/0"));
  }

  @Test
  void atTheStartOfALogTheLogsThemselvesTellTheSize() {
    // Position 1/28 lies in segment 0 of log 1, whatever the size.
    Map<String, Long> start = Map.of("000000010000000100000000", Lsn.parse("1/28"));
    assertThat(WalSegment.bytesFrom(start, Map.of())).isEqualTo(MIB16);
    Map<String, Long> logs = Map.of("0000000100000000", 0x3FL, "0000000100000001", 0x12L);
    assertThat(WalSegment.bytesFrom(start, logs)).isEqualTo(64L << 20);
    assertThat(
            WalSegment.bytesFrom(start, Map.of("0000000100000000", 0xFFFL, "0000000100000001", 0L)))
        .isEqualTo(1L << 20);
    // One log alone may go on.
    assertThat(WalSegment.bytesFrom(start, Map.of("0000000100000001", 0x3FL))).isEqualTo(MIB16);
    assertThatThrownBy(
            () -> WalSegment.bytesFrom(Map.of("000000010000000100000001", 0x28L), Map.of()))
        .hasMessageContaining("no size");
  }
}
