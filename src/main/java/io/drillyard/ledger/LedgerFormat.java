package io.drillyard.ledger;

/** The version of the ledger's file format. */
public final class LedgerFormat {
  /**
   * Raised whenever an old reader could misunderstand a new file; every earlier one is still read.
   */
  public static final int VERSION = 11;

  private LedgerFormat() {}
}
