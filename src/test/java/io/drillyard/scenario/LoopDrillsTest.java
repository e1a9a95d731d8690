package io.drillyard.scenario;

import static io.drillyard.scenario.PlayedDrills.finding;
import static io.drillyard.scenario.PlayedDrills.met;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Verdict;
import io.drillyard.evidence.Evidence;
import io.drillyard.launch.DrillExtension;
import io.drillyard.ledger.GateConsulted;
import java.io.IOException;
import java.util.List;
import loop.failback.SiteLossAndFailback;
import loop.refusal.HandoverThatNobodyApproved;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
  private static final GateAsker ASKER = new GateAsker(HandoverThatNobodyApproved.class);

  /** Somebody asks the gate all the time: that changes nothing, after a refusal least of all. */
  @BeforeAll
  static void ask() {
    ASKER.begin();
  }

  @AfterAll
  static void askNoMore() {
    ASKER.close();
  }

  @Test
  void aPlannedMoveIsRefusedAndThenApproved(
      @ScenarioUnderTest(value = HandoverThatNobodyApproved.class, again = AGAIN)
          Evidence.Drill drill)
      throws IOException {
    met(drill);
    List<String> answers = ASKER.answers().stream().map(GateConsulted::answer).toList();
    assertThat(answers).contains("BLOCKED").hasSizeGreaterThan(9);
    assertThat(finding(drill, "gateWasRight").verdict()).isEqualTo(Verdict.MET);
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
