package io.drillyard.bench;

import io.drillyard.backup.ArchiveListing;
import io.drillyard.backup.BackupInfo;
import io.drillyard.backup.WalContinuity;
import io.drillyard.backup.WalSegment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How long it takes to follow 50,000 archived segments by their names. */
final class Continuities {
  private static final int SEGMENTS = 50_000;
  private static final long SEGMENT_BYTES = 16L << 20;
  private static final int ROUNDS = 5;

  private Continuities() {}

  static Figure figure() {
    Map<String, Long> sizes = new TreeMap<>();
    for (int number = 1; number <= SEGMENTS; number++) {
      String name = new WalSegment(1, number).name(SEGMENT_BYTES);
      sizes.put("%s/%s-%040x.zst".formatted(name.substring(0, 16), name, number), 1L << 20);
    }
    BackupInfo.Backup backup =
        new BackupInfo.Backup(
            "20261121-000000F",
            "full",
            1,
            List.of(),
            Instant.EPOCH,
            Instant.EPOCH,
            "0/1000028",
            "0/1000100",
            new WalSegment(1, 1).name(SEGMENT_BYTES),
            new WalSegment(1, 1).name(SEGMENT_BYTES),
            false,
            1);
    List<Double> seconds = new ArrayList<>();
    for (int round = 0; round <= ROUNDS; round++) {
      long start = System.nanoTime();
      ArchiveListing listing = ArchiveListing.of(sizes, SEGMENT_BYTES);
      WalContinuity way =
          WalContinuity.of(backup, listing, Map.of(), listing.newestTimeline(), null);
      if (!way.whole() || way.required() != SEGMENTS) {
        throw new IllegalStateException("the way is not whole: " + way.problems());
      }
      if (round > 0) {
        seconds.add((System.nanoTime() - start) / 1e9);
      }
    }
    return Figure.atMost(
        "WAL continuity over 50,000 segments, by names", "s", 10, null, Spread.of(seconds));
  }
}
