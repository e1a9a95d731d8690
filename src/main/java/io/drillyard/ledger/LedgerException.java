package io.drillyard.ledger;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A ledger could not be written or read. Says where, what is wrong, and what to do about it. */
public final class LedgerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LedgerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** A defect at one line of a file; line 0 means the file as a whole. */
  static LedgerException at(
      Path file, long line, String wrong, String remedy, @Nullable Throwable cause) {
    String where = line > 0 ? file + ", line " + line : file.toString();
    return new LedgerException(where + ": " + wrong + ". " + remedy, cause);
  }
}
