package io.drillyard.check.repeat;

import io.drillyard.check.Finding;
import io.drillyard.check.Finding.Measured;
import io.drillyard.check.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Forged runs of a series whose RTO is 30 s. */
final class Runs {
  static final RepeatDistribution.Kind KIND =
      new RepeatDistribution.Kind("PowerOff", "three-nodes", "orders", "node-loss");
  private static final List<String> CARRY =
      List.of("faultTookHold", "faultHealed", "loadWasAdequate", "clockWasSteady", "ledgerIsSound");

  private Runs() {}

  static Finding finding(String check, Verdict verdict, @Nullable Measured m) {
    return new Finding(check, verdict, null, m, "", List.of(), Map.of());
  }

  /** A sound run that recovered within that interval. */
  static JudgedRun recovered(double lowerMs, double upperMs) {
    Measured m = new Measured(lowerMs, upperMs, 30_000.0, "ms");
    return with(m.against(), finding("recoveryTime", m.against(), m));
  }

  /** A sound run of that verdict with another finding in place of the one of that name. */
  static JudgedRun with(Verdict verdict, Finding... others) {
    List<Finding> findings = new ArrayList<>();
    CARRY.forEach(name -> findings.add(finding(name, Verdict.MET, null)));
    Measured none = new Measured(0, 0, 0.0, "transactions");
    findings.add(
        new Finding(
            "dataLoss",
            Verdict.MET,
            null,
            none,
            "",
            List.of(),
            Map.of("lost-transactions", new Measured(0, 0, null, "transactions"))));
    for (Finding other : others) {
      findings.removeIf(f -> f.check().equals(other.check()));
      findings.add(other);
    }
    return new JudgedRun(verdict, true, findings);
  }

  /** A run whose loss has that verdict, and counts so many of one part. */
  static JudgedRun lossWith(Verdict verdict, String part, int count) {
    Measured none = new Measured(0, 0, 0.0, "transactions");
    Finding loss =
        new Finding(
            "dataLoss",
            verdict,
            null,
            none,
            "",
            List.of(),
            Map.of(part, new Measured(count, count, null, "count")));
    return with(verdict, loss);
  }

  /** Runs that meet the RTO, each 100 ms slower than the one before; from 150 on it begins anew. */
  static List<JudgedRun> met(int n) {
    List<JudgedRun> runs = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int later = i % 150 * 100;
      runs.add(recovered(10_000 + later, 10_050 + later));
    }
    return runs;
  }
}
