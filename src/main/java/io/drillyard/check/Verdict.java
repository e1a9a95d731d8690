package io.drillyard.check;

/** Three values; missing data never improves a result, and UNDETERMINED is never green. */
public enum Verdict {
  /** Proved. */
  MET,
  /** Disproved. */
  MISSED,
  /** Neither: the data does not decide it. */
  UNDETERMINED;

  /**
   * What it is worth by what is there: a part proves nothing, and what a part disproves is
   * disproved.
   *
   * @param whole everything is there that there has to be
   */
  public Verdict given(boolean whole) {
    return this == MET && !whole ? UNDETERMINED : this;
  }
}
