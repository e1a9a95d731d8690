package io.drillyard.scenario;

import static io.drillyard.scenario.PlayedDrills.finding;
import static io.drillyard.scenario.PlayedDrills.met;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.evidence.Evidence;
import io.drillyard.launch.DrillExtension;
import loop.failback.SiteLossAndFailback;
import loop.refusal.HandoverThatNobodyApproved;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The fast part of the loop in real labs: a planned move that is refused at first and carried out
 * when it was approved, and the whole of it. {@code make loop} plays the rest.
 */
@Tag("drill")
@ExtendWith(DrillExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class LoopDrillsTest {
  private static final int AGAIN = 3;

  @Test
  void aPlannedMoveIsRefusedAndThenApproved(
      @ScenarioUnderTest(value = HandoverThatNobodyApproved.class, again = AGAIN)
          Evidence.Drill drill) {
    met(drill);
    assertThat(finding(drill, "handoverIsProved").code()).isEqualTo("token-kept");
    assertThat(finding(drill, "ordersWereApproved").code()).isEqualTo("approved-simulated");
  }

  @Test
  void aLostSiteIsRebuiltOutOfBackupsAndFailsBack(
      @ScenarioUnderTest(value = SiteLossAndFailback.class, again = AGAIN) Evidence.Drill drill) {
    met(drill);
    assertThat(finding(drill, "handoverIsProved").code()).isEqualTo("token-kept");
    assertThat(finding(drill, "lineageIsClean").parts()).containsKey("copied-bytes-onprem");
    assertThat(finding(drill, "backupIsProven").code()).isEqualTo("backup-proven");
  }
}
