package io.drillyard.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.fault.FaultCatalogue;
import io.drillyard.fault.HostFault;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScheduleGeneratorTest {
  /** A change of the algorithm, or of the menu's order, breaks every seed that somebody noted. */
  @Test
  void aKnownSeedGivesTheKnownSchedule() {
    List<StormEligibleFault> menu =
        List.of(
            ForgedOffers.choice("freeze-patroni"),
            ForgedOffers.choice("kill-backend"),
            ForgedOffers.choice("cut-archive"));
    StormSchedule schedule =
        ScheduleGenerator.schedule(42, ForgedOffers.limits(60, 2), menu, ForgedOffers.SMALL);
    assertThat(
            schedule.entries().stream()
                .map(e -> e.atMs() + "+" + e.lengthMs() + " " + e.choice().name())
                .collect(Collectors.joining("; ")))
        .isEqualTo("0+26100 freeze-patroni; 34200+18900 cut-archive; 46200+5000 kill-backend");
  }

  @Test
  void differentSeedsDiffer() {
    StormLimits limits = ForgedOffers.limits(180, 2);
    assertThat(
            ScheduleGenerator.schedule(1, limits, StormFaults.choices(), ForgedOffers.SMALL)
                .entries())
        .isNotEqualTo(
            ScheduleGenerator.schedule(2, limits, StormFaults.choices(), ForgedOffers.SMALL)
                .entries());
  }

  @Test
  void nothingFitsNothingComes() {
    List<StormEligibleFault> clocks =
        StormFaults.choices().stream().filter(c -> c.fault().group().equals("clock")).toList();
    assertThat(clocks).hasSize(3);
    assertThat(
            ScheduleGenerator.schedule(1, ForgedOffers.limits(180, 2), clocks, ForgedOffers.SMALL)
                .entries())
        .isEmpty();
  }

  @Test
  void namesOfTheMenuAreUniqueAndCoverEveryGroup() {
    assertThat(StormFaults.choices().stream().map(StormEligibleFault::name))
        .doesNotHaveDuplicates();
    assertThat(StormFaults.choices().stream().map(c -> c.fault().group()).distinct())
        .containsAll(FaultCatalogue.all().stream().map(f -> f.group()).distinct().toList());
    assertThat(StormFaults.choices()).noneMatch(c -> c.fault() instanceof HostFault.SiteLoss);
    assertThat(StormFaults.named("no-such-fault")).isEmpty();
  }

  @Test
  void everyFaultOfTheCatalogueHasANature() {
    assertThat(FaultCatalogue.all())
        .allSatisfy(f -> assertThat(FaultTraits.of(f).grip()).isNotNull());
  }

  @Test
  void limitsThatContradictThemselvesAreRefused() {
    Duration second = Duration.ofSeconds(1);
    Duration ten = Duration.ofSeconds(10);
    Duration five = Duration.ofSeconds(5);
    assertThatThrownBy(() -> new StormLimits(ten, 0, five, five, second))
        .hasMessageContaining("1 to 5");
    assertThatThrownBy(() -> new StormLimits(ten, 6, five, five, second))
        .hasMessageContaining("1 to 5");
    assertThatThrownBy(() -> new StormLimits(ten, 1, second, five, second))
        .hasMessageContaining("at least 2 s");
    assertThatThrownBy(() -> new StormLimits(ten, 1, ten, five, second))
        .hasMessageContaining("shorter");
    assertThatThrownBy(() -> new StormLimits(five, 1, five, ten, second))
        .hasMessageContaining("at least as long");
    assertThatThrownBy(() -> new StormLimits(Duration.ofHours(2), 1, five, ten, second))
        .hasMessageContaining("an hour");
    assertThatThrownBy(() -> new StormLimits(ten, 1, five, five, Duration.ofMillis(10)))
        .hasMessageContaining("gap");
  }
}
