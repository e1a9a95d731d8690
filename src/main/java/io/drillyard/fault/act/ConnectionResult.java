package io.drillyard.fault.act;

/** What trying a TCP connection over the data network came to. */
public enum ConnectionResult {
  /** A connection was made. */
  CONNECTED,
  /** The other side answered that nothing listens there: packets pass. */
  REFUSED,
  /** No answer within the limit, or none can come. */
  SILENT,
  /** The try itself failed: a look that did not happen is no silence. */
  UNKNOWN;

  /** True when packets pass both ways. */
  public boolean passes() {
    return this == CONNECTED || this == REFUSED;
  }
}
