package io.drillyard.ledger;

/** PostgreSQL's log sequence numbers: unsigned 64-bit byte positions in the WAL. */
public final class Lsn {
  /** XLOG_BLCKSZ, as PostgreSQL is built by default. */
  private static final long PAGE = 8192;

  /** SizeOfXLogShortPHD: before the first record of a page. */
  private static final long SHORT_HEADER = 24;

  /** SizeOfXLogLongPHD: before the first record of a segment. */
  private static final long LONG_HEADER = 40;

  private Lsn() {}

  /**
   * Reads PostgreSQL's notation, two hexadecimal halves with a slash.
   *
   * @param text for example {@code 0/3000148}
   * @throws IllegalArgumentException when it is not that
   */
  public static long parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 1 || slash == text.length() - 1) {
      throw new IllegalArgumentException("not an LSN: '" + text + "'");
    }
    long high = Long.parseUnsignedLong(text.substring(0, slash), 16);
    long low = Long.parseUnsignedLong(text.substring(slash + 1), 16);
    if (high > 0xFFFFFFFFL || low > 0xFFFFFFFFL) {
      throw new IllegalArgumentException("not an LSN: '" + text + "'");
    }
    return (high << 32) | low;
  }

  /** PostgreSQL's notation of a position. */
  public static String format(long lsn) {
    return Long.toHexString(lsn >>> 32).toUpperCase(java.util.Locale.ROOT)
        + "/"
        + Long.toHexString(lsn & 0xFFFFFFFFL).toUpperCase(java.util.Locale.ROOT);
  }

  /**
   * Where the record before another one ends: right before it, or before the header of the page or
   * the segment that it is the first record of.
   *
   * @param record start of a record, bytes
   * @param segment bytes of a WAL segment
   */
  public static long endBefore(long record, long segment) {
    if (Long.remainderUnsigned(record, segment) == LONG_HEADER) {
      return record - LONG_HEADER;
    }
    return Long.remainderUnsigned(record, PAGE) == SHORT_HEADER ? record - SHORT_HEADER : record;
  }
}
