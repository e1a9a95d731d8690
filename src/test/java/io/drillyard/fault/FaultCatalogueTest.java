package io.drillyard.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The catalogue holds every kind of fault, and each says what it is. */
class FaultCatalogueTest {
  @Test
  void noKindIsForgotten() {
    Set<Class<?>> shown = new HashSet<>();
    FaultCatalogue.all().forEach(f -> shown.add(f.getClass()));
    Set<Class<?>> there = new HashSet<>();
    for (Class<?> group : Fault.class.getPermittedSubclasses()) {
      there.addAll(Set.of(group.getPermittedSubclasses()));
    }
    assertThat(there).hasSizeGreaterThan(30);
    assertThat(shown).isEqualTo(there);
  }

  @Test
  void eachSaysWhatItIs() {
    assertThat(FaultCatalogue.all()).hasSizeGreaterThan(60);
    Set<String> words = new HashSet<>();
    for (Fault fault : FaultCatalogue.all()) {
      assertThat(fault.type()).matches("[a-z]+(-[a-z]+)*");
      assertThat(fault.words()).doesNotContain("null").hasSizeGreaterThan(10);
      assertThat(words.add(fault.words())).as(fault.words()).isTrue();
    }
  }

  @Test
  void everyGroupIsThere() {
    assertThat(FaultCatalogue.all())
        .extracting(Fault::group)
        .containsAll(
            List.of(
                "network",
                "process",
                "host",
                "storage",
                "clock",
                "consensus",
                "operator",
                "load",
                "repository"));
  }

  @Test
  void aCutNeedsTwoEnds() {
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> NetworkFault.Cut.between(Who.CLIENTS, Who.PRIMARY))
        .isInstanceOf(IllegalArgumentException.class);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> NetworkFault.Cut.between(Who.PRIMARY))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
