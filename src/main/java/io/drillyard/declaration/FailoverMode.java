package io.drillyard.declaration;

import java.util.Locale;

/** Who may promote. */
public enum FailoverMode {
  /** The cluster manager, by its lease. */
  AUTOMATIC,
  /** The cluster manager or an operator, after an operator approved. */
  OPERATOR_APPROVED,
  /** Only an operator, by hand. */
  MANUAL;

  /** The word used in files: {@code operator-approved}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The mode that a file's word names.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static FailoverMode ofWord(String word) {
    for (FailoverMode mode : values()) {
      if (mode.word().equals(word)) {
        return mode;
      }
    }
    throw new IllegalArgumentException("no failover mode is called " + word);
  }
}
