package io.drillyard.ledger;

/** What the client of a write may believe about it. */
public enum WriteOutcome {
  /** The server acknowledged the commit, with or without a warning. */
  ACKNOWLEDGED,
  /** COMMIT was never sent, or the SQLSTATE proves that nothing was committed. */
  REFUSED,
  /** Anything else: the write may turn out present or absent, and is never called failed. */
  UNKNOWN
}
