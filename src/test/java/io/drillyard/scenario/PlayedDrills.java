package io.drillyard.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Finding;
import io.drillyard.check.Verdict;
import io.drillyard.evidence.Evidence;
import java.util.List;

/** What tests ask of a drill that was played. */
final class PlayedDrills {
  private PlayedDrills() {}

  /** It was played to its end, and everything of it is MET. */
  static void met(Evidence.Drill drill) {
    List<String> not =
        drill.checks().stream()
            .filter(f -> f.verdict() != Verdict.MET)
            .map(f -> f.check() + " " + f.verdict() + ": " + f.summary() + " " + f.details())
            .toList();
    assertThat(not).as("%s, %s", drill.folder(), drill.observations()).isEmpty();
    assertThat(drill.end()).isEqualTo("complete");
    assertThat(drill.verdict()).isEqualTo(Verdict.MET);
  }

  /** What one check found. */
  static Finding finding(Evidence.Drill drill, String check) {
    return drill.checks().stream().filter(f -> f.check().equals(check)).findFirst().orElseThrow();
  }
}
