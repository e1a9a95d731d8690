package io.drillyard.check;

/** Three values; missing data never improves a result, and UNDETERMINED is never green. */
public enum Verdict {
  /** Proved. */
  MET,
  /** Disproved. */
  MISSED,
  /** Neither: the data does not decide it. */
  UNDETERMINED
}
