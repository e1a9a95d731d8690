package io.drillyard.backup;

import io.drillyard.ledger.Lsn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names below a stanza's archive folder, understood.
 *
 * @param segments numbers of the whole segments by timeline
 * @param rivals segment names of which there is more than one content, with their digests
 * @param empty names of segments that hold no byte
 * @param histories timelines that have a history file
 * @param strange keys that belong to none of these
 * @param segmentBytes the segments' size
 */
public record ArchiveListing(
    TreeMap<Long, TreeSet<Long>> segments,
    Map<String, Set<String>> rivals,
    List<String> empty,
    Set<Long> histories,
    List<String> strange,
    long segmentBytes) {

  private static final Pattern SEGMENT =
      Pattern.compile(
          "([0-9A-F]{16})/([0-9A-F]{24})(\\.partial)?-([0-9a-f]{40})(\\.(?:gz|lz4|zst|bz2))?");

  /** Its log and its number in it. */
  private static final Pattern NUMBERED =
      Pattern.compile("[0-9A-F]{16}/([0-9A-F]{16})([0-9A-F]{8})-");

  private static final Pattern LABEL = Pattern.compile("[0-9A-F]{16}/[0-9A-F]{24}\\..+\\.backup");

  /** An empty object in a folder's place, as stores with folders of their own keep them. */
  private static final Pattern FOLDER = Pattern.compile("[0-9A-F]{16}/?|.*/");

  private static final Pattern HISTORY = Pattern.compile("([0-9A-F]{8})\\.history");

  /**
   * Reads a listing.
   *
   * @param sizes of objects by key, the keys relative to {@code archive/STANZA/ID/}
   */
  public static ArchiveListing of(Map<String, Long> sizes, long segmentBytes) {
    return of(sizes, "", segmentBytes);
  }

  /**
   * Reads a listing of more than the archive; how large the segments are, backups and names tell.
   *
   * @param sizes of objects by key
   * @param folder what the archive's own keys begin with
   * @throws UnreadableException when no size of segments makes sense of both
   */
  public static ArchiveListing of(BackupInfo backups, Map<String, Long> sizes, String folder) {
    return of(sizes, folder, segmentBytes(backups, sizes.keySet(), folder));
  }

  private static long segmentBytes(BackupInfo backups, Set<String> keys, String folder) {
    Map<String, Long> positions = new LinkedHashMap<>();
    for (BackupInfo.Backup backup : backups.backups()) {
      if (backup.databaseId() == backups.database().id()) {
        positions.put(backup.startWal(), Lsn.parse(backup.startLsn()));
        // It ends behind its last record, perhaps where the next segment begins.
        positions.put(backup.stopWal(), Lsn.parse(backup.stopLsn()) - 1);
      }
    }
    Map<String, Long> logs = new TreeMap<>();
    for (String key : keys) {
      Matcher segment = NUMBERED.matcher(key);
      if (key.startsWith(folder) && segment.region(folder.length(), key.length()).lookingAt()) {
        logs.merge(segment.group(1), Long.parseLong(segment.group(2), 16), Math::max);
      }
    }
    return WalSegment.bytesFrom(positions, logs);
  }

  /**
   * Reads a listing of more than the archive.
   *
   * @param sizes of objects by key
   * @param folder what the archive's own keys begin with
   */
  public static ArchiveListing of(Map<String, Long> sizes, String folder, long segmentBytes) {
    TreeMap<Long, TreeSet<Long>> segments = new TreeMap<>();
    Map<String, Set<String>> again = new LinkedHashMap<>();
    List<String> empty = new ArrayList<>();
    Set<Long> histories = new TreeSet<>();
    List<String> strange = new ArrayList<>();
    sizes.forEach(
        (whole, size) -> {
          if (!whole.startsWith(folder)) {
            return;
          }
          String key = whole.substring(folder.length());
          Matcher segment = SEGMENT.matcher(key);
          Matcher history = HISTORY.matcher(key);
          if (segment.matches()) {
            if (segment.group(3) != null) {
              return;
            }
            String name = segment.group(2);
            WalSegment parsed = WalSegment.parse(name, segmentBytes);
            if (!segments
                .computeIfAbsent(parsed.timeline(), t -> new TreeSet<>())
                .add(parsed.number())) {
              again.put(name, new TreeSet<>());
            }
            if (size == 0) {
              empty.add(name);
            }
          } else if (history.matches()) {
            histories.add(Long.parseLong(history.group(1), 16));
          } else if (!LABEL.matcher(key).matches()
              && !(size == 0 && FOLDER.matcher(key).matches())) {
            strange.add(key);
          }
        });
    return new ArchiveListing(
        segments, rivals(sizes.keySet(), folder, again), empty, histories, strange, segmentBytes);
  }

  /**
   * Digests are only kept of what is there again: an archive may hold hundreds of thousands of
   * segments.
   */
  private static Map<String, Set<String>> rivals(
      Set<String> keys, String folder, Map<String, Set<String>> again) {
    if (again.isEmpty()) {
      return again;
    }
    for (String key : keys) {
      Matcher segment = SEGMENT.matcher(key);
      if (key.startsWith(folder)
          && segment.region(folder.length(), key.length()).matches()
          && segment.group(3) == null) {
        Set<String> digests = again.get(segment.group(2));
        if (digests != null) {
          digests.add(segment.group(4));
        }
      }
    }
    again.values().removeIf(digests -> digests.size() == 1);
    return again;
  }

  /** The newest timeline that anything is there of; 0 when the archive is empty. */
  public long newestTimeline() {
    long bySegments = segments.isEmpty() ? 0 : segments.lastKey();
    long byHistory = histories.stream().mapToLong(Long::longValue).max().orElse(0);
    return Math.max(bySegments, byHistory);
  }

  /** How many segments there are on all timelines. */
  public int count() {
    return segments.values().stream().mapToInt(TreeSet::size).sum();
  }

  /** True when that segment is there. */
  public boolean has(WalSegment segment) {
    TreeSet<Long> numbers = segments.get(segment.timeline());
    return numbers != null && numbers.contains(segment.number());
  }
}
