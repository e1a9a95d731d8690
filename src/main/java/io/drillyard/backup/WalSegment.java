package io.drillyard.backup;

import java.util.Locale;

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
   * The size of segments, from a name and a position in it: the repository states it nowhere.
   *
   * @return 16 MiB when that fits, else the one power of two from 1 MiB to 1 GiB that does
   */
  public static long bytesFrom(String name, long lsn) {
    if (fits(name, lsn, USUAL_BYTES)) {
      return USUAL_BYTES;
    }
    for (long bytes = 1L << 20; bytes <= 1L << 30; bytes <<= 1) {
      if (fits(name, lsn, bytes)) {
        return bytes;
      }
    }
    throw new UnreadableException(
        "no size of WAL segments makes position %s lie in %s"
            .formatted(io.drillyard.ledger.Lsn.format(lsn), name));
  }

  private static boolean fits(String name, long lsn, long bytes) {
    long timeline = Long.parseLong(name.substring(0, 8), 16);
    return holding(timeline, lsn, bytes).name(bytes).equals(name);
  }
}
