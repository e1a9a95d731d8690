package io.drillyard.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.check.backup.Rung;
import io.drillyard.fault.Fault;
import io.drillyard.fault.FaultCatalogue;
import io.drillyard.fault.ObjectDamage;
import io.drillyard.fault.RepositoryFault.ObjectsDamaged;
import io.drillyard.fault.RepositoryFault.StoreClient;
import io.drillyard.fault.RepositoryFault.StoreTroubled;
import io.drillyard.fault.StoreTrouble;
import io.drillyard.play.restore.RestoreOrder;
import io.drillyard.scenario.step.RestoreStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The plans for restore tests: nothing of the catalogue is forgotten, each says what it expects.
 */
class RestoreScenariosTest {
  private static List<Fault> injected() {
    List<Fault> faults = new ArrayList<>();
    for (RestoreDrill drill : Scenarios.restoreDrills()) {
      for (RestoreStep step : drill.steps()) {
        if (step instanceof RestoreStep.Inject inject) {
          faults.add(inject.fault());
        }
      }
    }
    return faults;
  }

  @Test
  void everyRepositoryFaultOfTheCatalogueHasAPlan() {
    assertThat(Scenarios.restoreDrills()).hasSizeGreaterThanOrEqualTo(55);
    List<Fault> wanted =
        FaultCatalogue.all().stream()
            .filter(f -> f.group().equals("repository"))
            // To archive nobody reads what a backup's files hold.
            .filter(
                f ->
                    !f.equals(
                        new StoreTroubled(StoreClient.ARCHIVER, StoreTrouble.BACKUPS_FORBIDDEN)))
            .toList();
    assertThat(injected()).containsAll(wanted);
  }

  @Test
  void whatMustBeNoticedNamesARungAndWhatMustBeOvercomeNone() {
    List<RestoreDrill> overcome =
        Scenarios.restoreDrills().stream().filter(d -> d.caughtBy().isEmpty()).toList();
    assertThat(overcome)
        .extracting(RestoreDrill::name)
        .containsExactlyInAnyOrder(
            "bursts", "slow", "delta", "push-bursts", "push-slow", "one-context");
    RestoreDrill throttled = Scenarios.restoreDrill("throttled").orElseThrow();
    assertThat(throttled.caughtBy()).contains(Rung.REACHABLE);
    assertThat(throttled.steps())
        .contains(new RestoreStep.Test(Rung.REACHABLE, "throttled:", "", null));
  }

  @Test
  void whatWasGotOverIsTestedAgain() {
    assertThat(Scenarios.restoreDrill("ransom").orElseThrow().tests())
        .containsExactly("ransom", "ransom-is-over");
    assertThat(RestoreOrder.names(2, List.of("segment-missing", "store-full")))
        .containsExactly("clean", "clean-2", "segment-missing", "store-full", "store-full-is-over");
    for (RestoreDrill drill : Scenarios.restoreDrills()) {
      int tests = drill.name().equals("one-context") ? 1 : 2;
      if (drill.sourceLives()) {
        assertThat(drill.tests()).as(drill.name()).hasSize(tests);
      }
    }
  }

  @Test
  void aHeldFaultIsHealedBeforeTheNextTest() {
    for (RestoreDrill drill : Scenarios.restoreDrills()) {
      boolean held = false;
      boolean tested = false;
      for (RestoreStep step : drill.steps()) {
        if (step instanceof RestoreStep.Inject inject) {
          held = inject.fault().lasting() == Fault.Lasting.HELD;
        }
        if (step instanceof RestoreStep.Heal) {
          held = false;
        }
        assertThat(held && tested && !(step instanceof RestoreStep.Heal))
            .as(drill.name())
            .isFalse();
        tested |= step.tests();
      }
      assertThat(held).as(drill.name()).isFalse();
    }
  }

  @Test
  void anUnknownOneIsNamed() {
    assertThat(Scenarios.restoreDrill("no-such")).isEmpty();
    assertThatThrownBy(() -> RestoreOrder.names(1, List.of("no-such")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no-such");
    assertThat(Objects.requireNonNull(ObjectDamage.values())).hasSize(22);
    assertThat(new ObjectsDamaged(ObjectDamage.ROLLED_BACK).type()).isEqualTo("rolled-back");
  }
}
