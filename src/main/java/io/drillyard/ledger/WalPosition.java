package io.drillyard.ledger;

/** Arithmetic on positions in the WAL (access/xlog_internal.h). */
public final class WalPosition {
  /** XLOG_BLCKSZ, as PostgreSQL is built by default. */
  private static final long PAGE = 8192;

  /** SizeOfXLogShortPHD: before the first record of a page. */
  private static final long SHORT_HEADER = 24;

  /** SizeOfXLogLongPHD: before the first record of a segment. */
  private static final long LONG_HEADER = 40;

  private WalPosition() {}

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
