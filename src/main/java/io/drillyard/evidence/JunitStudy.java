package io.drillyard.evidence;

import io.drillyard.check.Verdict;
import io.drillyard.check.repeat.BaselineRegression;
import io.drillyard.check.repeat.RepeatDistribution;
import io.drillyard.evidence.JunitXml.Case;
import io.drillyard.evidence.JunitXml.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cases that belong to no single drill: distributions, and the comparison with a baseline. */
final class JunitStudy {
  private JunitStudy() {}

  static List<Case> cases(@Nullable RunStudy study) {
    List<Case> cases = new ArrayList<>();
    if (study != null) {
      for (RepeatDistribution d : study.distributions()) {
        cases.add(of("repeats of " + d.kind().words(), d.verdict(), d.statement()));
      }
      RunStudy.Baseline baseline = study.baseline();
      if (baseline != null) {
        for (BaselineRegression r : baseline.regressions()) {
          String name = "no slower than " + baseline.run() + ": " + r.kind().words();
          cases.add(of(name, r.verdict(), r.statement()));
        }
      }
    }
    return cases;
  }

  private static Case of(String name, Verdict verdict, String statement) {
    Kind kind =
        switch (verdict) {
          case MET -> Kind.PASSED;
          case MISSED -> Kind.FAILURE;
          case UNDETERMINED -> Kind.ERROR;
        };
    return new Case(name, kind, verdict.name(), statement, List.of());
  }
}
