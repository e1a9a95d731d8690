package io.drillyard.backup;

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
    TreeMap<Long, TreeSet<Long>> segments = new TreeMap<>();
    Map<String, Set<String>> digests = new LinkedHashMap<>();
    List<String> empty = new ArrayList<>();
    Set<Long> histories = new TreeSet<>();
    List<String> strange = new ArrayList<>();
    sizes.forEach(
        (key, size) -> {
          Matcher segment = SEGMENT.matcher(key);
          Matcher history = HISTORY.matcher(key);
          if (segment.matches()) {
            if (segment.group(3) != null) {
              return;
            }
            String name = segment.group(2);
            WalSegment parsed = WalSegment.parse(name, segmentBytes);
            segments.computeIfAbsent(parsed.timeline(), t -> new TreeSet<>()).add(parsed.number());
            digests.computeIfAbsent(name, n -> new TreeSet<>()).add(segment.group(4));
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
    digests.values().removeIf(d -> d.size() == 1);
    return new ArchiveListing(segments, digests, empty, histories, strange, segmentBytes);
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
