package io.drillyard.ledger;

/**
 * Where a drill is written down while it runs: append-only, one clock, any thread.
 *
 * <p>{@link FileLedger} is the real one; tests use {@link MemoryLedger}.
 */
public interface Ledger {
  /** Nanoseconds since the run's origin, on the monotonic clock that every event uses. */
  long now();

  /** Appends an event. Never blocks on a reader; events of one thread keep their order. */
  void append(Event event);

  /**
   * Returns when everything that was appended before is where a crash of the harness cannot take it
   * away again; of a ledger in memory at once.
   *
   * @throws LedgerException when it cannot be brought there
   */
  default void settle() {}

  /** The interval from a start read earlier until now. */
  default Interval since(long startNs) {
    return new Interval(startNs, now());
  }

  /** A remark at this instant; {@code level} is info, warning or error. */
  default void note(String level, String text) {
    append(new Event.Note(Interval.instant(now()), level, text));
  }
}
