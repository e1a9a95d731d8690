package io.drillyard.check.repeat;

import io.drillyard.check.ClockWasSteady;
import io.drillyard.check.DataLoss;
import io.drillyard.check.FaultHealed;
import io.drillyard.check.FaultTookHold;
import io.drillyard.check.Finding;
import io.drillyard.check.Finding.Measured;
import io.drillyard.check.LedgerIsSound;
import io.drillyard.check.LoadWasAdequate;
import io.drillyard.check.RecoveryTime;
import io.drillyard.check.RedundancyRestored;
import io.drillyard.check.Verdict;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run of a series, as it was judged.
 *
 * @param verdict of the drill
 * @param whole it ran to its end
 * @param findings of its checks
 */
public record JudgedRun(Verdict verdict, boolean whole, List<Finding> findings) {
  /**
   * Without these a figure says nothing about the fault: a fault that never was is recovered soon.
   */
  private static final List<String> CARRY =
      List.of(
          FaultTookHold.NAME,
          FaultHealed.NAME,
          LoadWasAdequate.NAME,
          ClockWasSteady.NAME,
          LedgerIsSound.NAME);

  /** What a declared share of cases may fail to keep; safety has no share. */
  private static final Set<String> SHARED =
      Set.of(RecoveryTime.NAME, DataLoss.NAME, RedundancyRestored.NAME);

  /** Part of {@code recoveryTime} that stands where no recovery was seen. */
  private static final String UNRECOVERED = "unrecovered-for";

  /** Copies the findings. */
  public JudgedRun {
    findings = List.copyOf(findings);
  }

  /** The finding of a check, or null. */
  public @Nullable Finding finding(String check) {
    for (Finding f : findings) {
      if (f.check().equals(check)) {
        return f;
      }
    }
    return null;
  }

  /**
   * True if something was missed that no declared share covers: {@code noSplitBrain}, or a refused
   * write that is present. A share excuses figures that were not kept, and nothing else.
   */
  boolean missedBeyondShare() {
    return findings.stream()
        .anyMatch(
            f ->
                f.verdict() == Verdict.MISSED
                    && (!SHARED.contains(f.check()) || counted(f, DataLoss.REFUSED_PRESENT)));
  }

  /**
   * True if what was read back contradicts what was noted, whatever else was missed: such a run is
   * no case that did not keep a figure, and no share excuses it.
   */
  boolean contradictory() {
    return findings.stream()
        .anyMatch(f -> counted(f, DataLoss.CONTRADICTIONS) || counted(f, DataLoss.REFUSED_PRESENT));
  }

  private static boolean counted(Finding finding, String part) {
    Measured counted = finding.parts().get(part);
    return counted != null && counted.lower() > 0;
  }

  /** Fault, load, clock and ledger carry the figures of this run. */
  boolean carries() {
    return whole
        && CARRY.stream()
            .allMatch(
                name -> {
                  Finding f = finding(name);
                  return f != null && f.verdict() == Verdict.MET;
                });
  }

  /**
   * What this run says of a check: its verdict, but nothing better than UNDETERMINED where the run
   * does not carry figures.
   */
  public Verdict of(String check) {
    Finding f = finding(check);
    if (f == null) {
      return Verdict.UNDETERMINED;
    }
    return f.verdict().given(carries());
  }

  /**
   * The figure of a check as a sample. A figure that its own check did not rely on, or that nothing
   * carries, has no upper end; a lower end it keeps only where it proves a miss.
   */
  public RunSample sample(String check) {
    Finding f = finding(check);
    Measured m = f == null ? null : f.measured();
    if (f == null) {
      return RunSample.UNKNOWN;
    }
    if (m == null) {
      Measured waited = f.parts().get(UNRECOVERED);
      boolean proved = f.verdict() == Verdict.MISSED && waited != null && finite(waited.lower());
      return proved && waited != null
          ? new RunSample(waited.lower(), Double.POSITIVE_INFINITY)
          : RunSample.UNKNOWN;
    }
    if (!finite(m.lower()) || !(m.upper() >= m.lower())) {
      return RunSample.UNKNOWN;
    }
    if (carries() && m.against() == f.verdict()) {
      return new RunSample(m.lower(), m.upper());
    }
    return new RunSample(f.verdict() == Verdict.MISSED ? m.lower() : 0, Double.POSITIVE_INFINITY);
  }

  /** The acknowledged writes that were lost, as a sample; unknown like the loss itself. */
  public RunSample lostWrites() {
    Finding f = finding(DataLoss.NAME);
    Measured lost = f == null ? null : f.parts().get("lost-transactions");
    if (f == null || lost == null || !finite(lost.lower()) || !(lost.upper() >= lost.lower())) {
      return RunSample.UNKNOWN;
    }
    boolean proved = carries() && f.verdict() != Verdict.UNDETERMINED;
    return proved
        ? new RunSample(lost.lower(), lost.upper())
        : new RunSample(f.verdict() == Verdict.MISSED ? lost.lower() : 0, Double.POSITIVE_INFINITY);
  }

  private static boolean finite(double value) {
    return value >= 0 && !Double.isInfinite(value);
  }
}
