package io.drillyard.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.backup.ArchiveBranches.Beside;
import io.drillyard.ledger.Lsn;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What an archive holds beside the branch that a restore follows. */
final class ArchiveBranchesTest {
  private static final long BYTES = 16L << 20;

  private final Map<String, Long> keys = new TreeMap<>();

  private void archived(long timeline, long from, long to) {
    for (long n = from; n <= to; n++) {
      String name = new WalSegment(timeline, n).name(BYTES);
      keys.put(name.substring(0, 16) + "/" + name + "-" + "0".repeat(40) + ".zst", 1000L);
    }
  }

  private ArchiveListing listing() {
    return ArchiveListing.of(keys, BYTES);
  }

  private static TimelineHistory left(long timeline, Object... ancestors) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ancestors.length; i += 2) {
      text.append(ancestors[i]).append('\t').append(ancestors[i + 1]).append("\tno reason\n");
    }
    return TimelineHistory.parse(timeline, text.toString());
  }

  @Test
  void oneBranchHasNothingBesideIt() {
    archived(1, 1, 8);
    archived(2, 9, 12);
    Map<Long, TimelineHistory> histories = Map.of(2L, left(2, 1, "0/9000028"));
    assertThat(ArchiveBranches.of(listing(), histories, 2)).isEmpty();
  }

  @Test
  void whatGoesOnBehindAForkIsBesideFromThereOn() {
    archived(1, 1, 12);
    archived(2, 9, 9);
    Map<Long, TimelineHistory> histories = Map.of(2L, left(2, 1, "0/9000028"));
    assertThat(ArchiveBranches.of(listing(), histories, 2))
        .containsExactly(new Beside(1, Lsn.parse("0/9000028"), List.of(9L, 10L, 11L, 12L)));
    // The other way round: who follows timeline 1 has timeline 2 beside it.
    assertThat(ArchiveBranches.of(listing(), histories, 1))
        .containsExactly(new Beside(2, Lsn.parse("0/9000028"), List.of(9L)));
  }

  @Test
  void twoThatLeftTheSameTimelinePartWhereTheEarlierLeft() {
    archived(1, 1, 8);
    archived(2, 7, 9);
    archived(3, 8, 12);
    Map<Long, TimelineHistory> histories =
        Map.of(2L, left(2, 1, "0/7000100"), 3L, left(3, 1, "0/8000028"));
    assertThat(ArchiveBranches.of(listing(), histories, 3))
        .contains(new Beside(2, Lsn.parse("0/7000100"), List.of(7L, 8L, 9L)));
    // Three that follow each other are one branch.
    Map<Long, TimelineHistory> chain =
        Map.of(2L, left(2, 1, "0/7000100"), 3L, left(3, 1, "0/7000100", 2, "0/A000000"));
    assertThat(ArchiveBranches.of(listing(), chain, 3))
        .containsExactly(new Beside(1, Lsn.parse("0/7000100"), List.of(7L, 8L)));
  }

  @Test
  void withoutAHistoryAllOfItIsBeside() {
    archived(1, 1, 8);
    archived(4, 3, 4);
    assertThat(ArchiveBranches.of(listing(), Map.of(), 1))
        .containsExactly(new Beside(4, 0, List.of(3L, 4L)));
  }

  @Test
  void aHistoryAloneLeadsNowhere() {
    archived(1, 1, 8);
    keys.put("00000002.history", 41L);
    keys.put("0000000A.history", 41L);
    assertThat(ArchiveBranches.historiesAlone(listing(), 1)).containsExactly(2L, 10L);
    assertThat(ArchiveBranches.historiesAlone(listing(), 2)).containsExactly(10L);
    BackupInfo none = new BackupInfo(new DatabaseIdentity(1, "7", "17"), List.of());
    assertThat(ArchiveBranches.newest(listing(), none)).isEqualTo(1);
  }
}
