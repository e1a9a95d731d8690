package io.drillyard.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ReplayCommandTest {
  @Test
  void namesEverythingThatTheDrillDependsOn() {
    Evidence evidence = ForgedRun.evidence();
    Evidence.Drill drill = evidence.drills().get(0);
    assertThat(ReplayCommand.command(evidence, drill))
        .isEqualTo(
            "bin/drillyard run %s --environment %s --context %s"
                .formatted(drill.scenario(), drill.environment(), drill.context()));
  }

  @Test
  void anEnvironmentThatASweepMadeIsTakenFromItsRun() {
    Evidence evidence = ForgedStudy.sweep();
    assertThat(ReplayCommand.command(evidence, evidence.drills().get(0)))
        .contains(" --environments reports/" + evidence.run() + "/environments --environment ");
  }
}
