package io.drillyard.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drillyard.fault.Catalogue;
import io.drillyard.fault.HostFault;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GeneratorTest {
  /** A change of the algorithm, or of the menu's order, breaks every seed that somebody noted. */
  @Test
  void aKnownSeedGivesTheKnownSchedule() {
    List<Choice> menu =
        List.of(
            Grounds.choice("freeze-patroni"),
            Grounds.choice("kill-backend"),
            Grounds.choice("cut-archive"));
    Schedule schedule = Generator.schedule(42, Grounds.limits(60, 2), menu, Grounds.SMALL);
    assertThat(
            schedule.entries().stream()
                .map(e -> e.atMs() + "+" + e.lengthMs() + " " + e.choice().name())
                .collect(Collectors.joining("; ")))
        .isEqualTo("0+26100 freeze-patroni; 34200+18900 cut-archive; 46200+5000 kill-backend");
  }

  @Test
  void differentSeedsDiffer() {
    Limits limits = Grounds.limits(180, 2);
    assertThat(Generator.schedule(1, limits, Menu.choices(), Grounds.SMALL).entries())
        .isNotEqualTo(Generator.schedule(2, limits, Menu.choices(), Grounds.SMALL).entries());
  }

  @Test
  void nothingFitsNothingComes() {
    List<Choice> clocks =
        Menu.choices().stream().filter(c -> c.fault().group().equals("clock")).toList();
    assertThat(clocks).hasSize(3);
    assertThat(Generator.schedule(1, Grounds.limits(180, 2), clocks, Grounds.SMALL).entries())
        .isEmpty();
  }

  @Test
  void namesOfTheMenuAreUniqueAndCoverEveryGroup() {
    assertThat(Menu.choices().stream().map(Choice::name)).doesNotHaveDuplicates();
    assertThat(Menu.choices().stream().map(c -> c.fault().group()).distinct())
        .containsAll(Catalogue.all().stream().map(f -> f.group()).distinct().toList());
    assertThat(Menu.choices()).noneMatch(c -> c.fault() instanceof HostFault.SiteLoss);
    assertThat(Menu.named("no-such-fault")).isEmpty();
  }

  @Test
  void everyFaultOfTheCatalogueHasANature() {
    assertThat(Catalogue.all()).allSatisfy(f -> assertThat(Nature.of(f).grip()).isNotNull());
  }

  @Test
  void limitsThatContradictThemselvesAreRefused() {
    Duration second = Duration.ofSeconds(1);
    Duration ten = Duration.ofSeconds(10);
    Duration five = Duration.ofSeconds(5);
    assertThatThrownBy(() -> new Limits(ten, 0, five, five, second)).hasMessageContaining("1 to 5");
    assertThatThrownBy(() -> new Limits(ten, 6, five, five, second)).hasMessageContaining("1 to 5");
    assertThatThrownBy(() -> new Limits(ten, 1, second, five, second))
        .hasMessageContaining("at least 2 s");
    assertThatThrownBy(() -> new Limits(ten, 1, ten, five, second)).hasMessageContaining("shorter");
    assertThatThrownBy(() -> new Limits(five, 1, five, ten, second))
        .hasMessageContaining("at least as long");
    assertThatThrownBy(() -> new Limits(Duration.ofHours(2), 1, five, ten, second))
        .hasMessageContaining("an hour");
    assertThatThrownBy(() -> new Limits(ten, 1, five, five, Duration.ofMillis(10)))
        .hasMessageContaining("gap");
  }
}
