package io.drillyard.check;

/**
 * What came of a control: a known-unsafe set-up, or a fault of a repository, whose named check must
 * come out MISSED; or trouble that has to be overcome.
 */
public enum ControlResult {
  /** The named check was missed, with fault and load proved. */
  CAUGHT,
  /** The named check was met, with fault and load proved: the check is blind. */
  NOT_CAUGHT,
  /** A trouble kept nobody from proving the backup. */
  OVERCOME,
  /** A trouble that was to be overcome kept somebody from it. */
  NOT_OVERCOME,
  /** Anything else. */
  UNDETERMINED;

  /** The words used in files: {@code NOT CAUGHT}. */
  public String word() {
    return name().replace('_', ' ');
  }

  /** True of a control that came out as it has to. */
  public boolean good() {
    return this == CAUGHT || this == OVERCOME;
  }

  /** True of one that shows that the harness cannot be relied on. */
  public boolean bad() {
    return this == NOT_CAUGHT || this == NOT_OVERCOME;
  }

  /**
   * From the words of a file.
   *
   * @throws IllegalArgumentException when they are none of these
   */
  public static ControlResult of(String word) {
    return valueOf(word.replace(' ', '_'));
  }
}
