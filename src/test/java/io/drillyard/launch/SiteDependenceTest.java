package io.drillyard.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.declaration.Environment;
import io.drillyard.declaration.UnsupportedSiteFeature;
import io.drillyard.host.lab.TwoSites;
import io.drillyard.scenario.Scenarios;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A drill that depends on what a lab has not is not played; any other one is. */
class SiteDependenceTest {
  private static Environment lacking(UnsupportedSiteFeature what) {
    Environment e = TwoSites.inMemory();
    return new Environment(
        e.name(),
        e.lane(),
        e.image(),
        e.adjustableClock(),
        e.storage(),
        e.inventory(),
        e.sandbox(),
        e.repository(),
        e.second(),
        e.clusters(),
        e.route(),
        e.load(),
        e.contracts(),
        Set.of(what));
  }

  @ParameterizedTest
  @CsvSource({
    "WATCHDOG, FrozenPatroniSplitsBrain, true",
    "WATCHDOG, FrozenPatroniStrictSynchronous, true",
    "WATCHDOG, PatroniIsKilled, true",
    "WATCHDOG, PrimaryStandsStill, true",
    "WATCHDOG, EverythingIsRestarted, true",
    "WATCHDOG, PrimaryHostLosesPower, false",
    "WATCHDOG, PlannedSwitchover, false",
    "WATCHDOG, PostmasterIsFrozen, false",
    "CALLBACKS, PrimaryHostLosesPower, true",
    "CALLBACKS, PlannedSwitchover, true",
    "CALLBACKS, ArchiveIsUnreachable, false",
    "PROMOTION_SCRIPT, LaggingReplicasLoseWrites, true",
    "PROMOTION_SCRIPT, EtcdIsSlow, false",
    "BOOTSTRAP, ReplicaLosesItsDisk, true",
    "BOOTSTRAP, DataDirectoryIsLost, true",
    "BOOTSTRAP, PrimaryHostLosesPower, false"
  })
  void whatDependsOnIt(UnsupportedSiteFeature what, String scenario, boolean depends) {
    var reason = SiteDependence.of(Scenarios.named(scenario).plan(), lacking(what));
    assertThat(reason.isPresent()).isEqualTo(depends);
    reason.ifPresent(words -> assertThat(words).contains(what.words()).contains(what.word()));
    assertThat(SiteDependence.of(Scenarios.named(scenario).plan(), TwoSites.inMemory())).isEmpty();
  }
}
