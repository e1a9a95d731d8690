package io.drillyard.check;

/** What came of a known-unsafe set-up, whose named check must come out MISSED. */
public enum ControlResult {
  /** The named check was missed, with fault and load proved. */
  CAUGHT,
  /** The named check was met, with fault and load proved: the check is blind. */
  NOT_CAUGHT,
  /** Anything else. */
  UNDETERMINED;

  /** The words used in files: {@code NOT CAUGHT}. */
  public String word() {
    return name().replace('_', ' ');
  }
}
