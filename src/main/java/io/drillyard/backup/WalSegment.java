package io.drillyard.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A WAL segment by timeline and number.
 *
 * @param timeline as in the first eight digits of its name
 * @param number of the segment: position divided by the segments' size
 */
public record WalSegment(long timeline, long number) {
  /** PostgreSQL's default, in bytes. */
  public static final long USUAL_BYTES = 16L << 20;

  /** The segment of a name of 24 hexadecimal digits. */
  public static WalSegment parse(String name, long segmentBytes) {
    if (!name.matches("[0-9A-F]{24}")) {
      throw new UnreadableException("'" + name + "' is no name of a WAL segment");
    }
    long low = Long.parseLong(name.substring(16), 16);
    long perLog = (1L << 32) / segmentBytes;
    if (low >= perLog) {
      throw new UnreadableException(
          "%s is no segment of %d MiB".formatted(name, segmentBytes >> 20));
    }
    return new WalSegment(
        Long.parseLong(name.substring(0, 8), 16),
        Long.parseLong(name.substring(8, 16), 16) * perLog + low);
  }

  /** The segment that holds a position. */
  public static WalSegment holding(long timeline, long lsn, long segmentBytes) {
    return new WalSegment(timeline, Long.divideUnsigned(lsn, segmentBytes));
  }

  /** Its name. */
  public String name(long segmentBytes) {
    long perLog = (1L << 32) / segmentBytes;
    return String.format(Locale.ROOT, "%08X%08X%08X", timeline, number / perLog, number % perLog);
  }

  /** Position of its first byte. */
  public long startLsn(long segmentBytes) {
    return number * segmentBytes;
  }

  /** Position after its last byte. */
  public long endLsn(long segmentBytes) {
    return (number + 1) * segmentBytes;
  }

  /**
   * The size of segments, which a repository states nowhere: from names with a position in each,
   * and the names of what is archived. A position at the start of a log fits every size; then it
   * tells how far the segments of a log are counted that another log follows.
   *
   * @param positions a position in each segment, by its name
   * @param archived numbers within their logs, by timeline and log (the first 16 digits)
   * @return a power of two from 1 MiB to 1 GiB; where several fit and nothing tells, 16 MiB
   */
  public static long bytesFrom(Map<String, Long> positions, Map<String, Long> archived) {
    List<Long> fitting = new ArrayList<>();
    for (long bytes = 1L << 20; bytes <= 1L << 30; bytes <<= 1) {
      long size = bytes;
      if (positions.entrySet().stream().allMatch(p -> fits(p.getKey(), p.getValue(), size))) {
        fitting.add(bytes);
      }
    }
    if (fitting.isEmpty()) {
      throw new UnreadableException(
          "no size of WAL segments makes the positions lie in " + positions.keySet());
    }
    if (fitting.size() == 1) {
      return fitting.getFirst();
    }
    long highest = -1;
    boolean followed = false;
    for (Map.Entry<String, Long> log : archived.entrySet()) {
      highest = Math.max(highest, log.getValue());
      long next = Long.parseLong(log.getKey().substring(8), 16) + 1;
      followed |= archived.containsKey(log.getKey().substring(0, 8) + "%08X".formatted(next));
    }
    for (long bytes : fitting) {
      long last = (1L << 32) / bytes - 1;
      if (followed && highest == last) {
        return bytes;
      }
    }
    return fitting.contains(USUAL_BYTES) ? USUAL_BYTES : fitting.getLast();
  }

  private static boolean fits(String name, long lsn, long bytes) {
    long timeline = Long.parseLong(name.substring(0, 8), 16);
    return holding(timeline, lsn, bytes).name(bytes).equals(name);
  }
}
