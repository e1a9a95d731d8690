package io.drillyard.scenario;

import static io.drillyard.scenario.PlayedDrills.finding;
import static io.drillyard.scenario.PlayedDrills.met;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import baseline.consensus.EtcdLosesQuorum;
import baseline.host.LaggingReplicasLoseWrites;
import baseline.host.PrimaryHostLosesPower;
import baseline.maintenance.PlannedSwitchover;
import baseline.network.IsolatedPrimaryStopsWriting;
import baseline.process.FrozenPatroniSplitsBrain;
import baseline.process.FrozenPatroniStrictSynchronous;
import baseline.site.PrimarySiteIsLost;
import baseline.site.UnfencedSiteReturns;
import io.drillyard.check.Finding;
import io.drillyard.evidence.Evidence;
import io.drillyard.launch.DrillExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The default suite in real labs: what must be met is met, and what is unsafe is caught. A drill
 * that nothing can be said of, because the machine stood still, is played again.
 */
@Tag("drill")
@ExtendWith(DrillExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class BaselineDrillsTest {
  private static final int AGAIN = 3;

  @Test
  void primaryHostLosesPower(
      @ScenarioUnderTest(value = PrimaryHostLosesPower.class, again = AGAIN) Evidence.Drill drill) {
    met(drill);
    nothingLost(drill);
  }

  @Test
  void plannedSwitchover(
      @ScenarioUnderTest(value = PlannedSwitchover.class, again = AGAIN) Evidence.Drill drill) {
    met(drill);
    nothingLost(drill);
  }

  @Test
  void isolatedPrimary(
      @ScenarioUnderTest(value = IsolatedPrimaryStopsWriting.class, again = AGAIN)
          Evidence.Drill drill) {
    met(drill);
    nothingLost(drill);
  }

  @Test
  void etcdLosesQuorum(
      @ScenarioUnderTest(value = EtcdLosesQuorum.class, again = AGAIN) Evidence.Drill drill) {
    met(drill);
    nothingLost(drill);
  }

  @Test
  void frozenPatroniSplitsBrain(
      @ScenarioUnderTest(value = FrozenPatroniSplitsBrain.class, again = AGAIN)
          Evidence.Drill drill) {
    caught(drill);
    Finding split = finding(drill, "noSplitBrain");
    assertThat(requireNonNull(split.measured()).lower()).as("overlap in ms").isGreaterThan(1000);
    assertThat(split.details()).anyMatch(line -> line.contains("sequence"));
  }

  @Test
  void frozenPatroniStrict(
      @ScenarioUnderTest(value = FrozenPatroniStrictSynchronous.class, again = AGAIN)
          Evidence.Drill drill) {
    met(drill);
    nothingLost(drill);
  }

  @Test
  void primarySiteIsLost(
      @ScenarioUnderTest(value = PrimarySiteIsLost.class, again = AGAIN) Evidence.Drill drill) {
    met(drill);
  }

  @Test
  void unfencedSiteReturns(
      @ScenarioUnderTest(value = UnfencedSiteReturns.class, again = AGAIN) Evidence.Drill drill) {
    caught(drill);
  }

  @Test
  void laggingReplicas(
      @ScenarioUnderTest(value = LaggingReplicasLoseWrites.class, again = AGAIN)
          Evidence.Drill drill) {
    met(drill);
    assertThat(lost(drill).lower()).as("the loss is real").isGreaterThan(0);
  }

  private static void caught(Evidence.Drill drill) {
    Evidence.Control control = drill.control();
    assertThat(requireNonNull(control).result())
        .as("%s %s %s", drill.folder(), drill.checks(), drill.observations())
        .isEqualTo("CAUGHT");
  }

  private static void nothingLost(Evidence.Drill drill) {
    assertThat(lost(drill).upper()).isZero();
  }

  private static Finding.Measured lost(Evidence.Drill drill) {
    return requireNonNull(finding(drill, "dataLoss").parts().get("lost-transactions"));
  }
}
