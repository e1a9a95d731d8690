package io.drillyard.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a ledger tells of what was declared, and what it leaves untold. */
class LedgerDeclarationsTest {
  private static Forge noted(String... texts) {
    Forge forge = new Forge().opened(0);
    for (int i = 0; i < texts.length; i++) {
      forge.add(new Event.Note(Forge.at(i + 1, i + 1), "info", texts[i]));
    }
    return forge;
  }

  private static String exercises(boolean it) {
    return LedgerDeclarations.exercise(it, Drills.target());
  }

  @Test
  void whatADrillExercisesIsTold() {
    assertThat(exercises(true)).isEqualTo("declared to exercise: node-loss");
    assertThat(exercises(false)).isEqualTo("declared beside: node-loss");
    assertThat(LedgerDeclarations.exercises(noted(exercises(true)).history())).isTrue();
    assertThat(LedgerDeclarations.exercises(noted(exercises(false)).history())).isFalse();
    assertThat(LedgerDeclarations.exercises(noted("something else").history())).isNull();
    assertThat(LedgerDeclarations.exercises(noted(exercises(true), exercises(false)).history()))
        .as("a ledger that tells both")
        .isFalse();
    assertThat(LedgerDeclarations.exercises(noted(exercises(true), "x").history())).isTrue();
  }

  @Test
  void aLedgerOfTodayMustTellIt() {
    assertThat(LedgerDeclarations.exerciseUntold(noted("x").history())).isTrue();
    assertThat(LedgerDeclarations.exerciseUntold(noted(exercises(true)).history())).isFalse();
    assertThat(LedgerDeclarations.exerciseUntold(noted("x").format(6).history())).isTrue();
    assertThat(LedgerDeclarations.exerciseUntold(noted("x").format(5).history())).isFalse();
  }

  @Test
  void aPlanIsToldBeforeAnythingIsBroken() {
    String plan =
        LedgerDeclarations.plan(
            List.of("steady for 10 s", "inject 'loss': x", "await: wait until y"));
    assertThat(LedgerDeclarations.planTold(noted("x").history())).isFalse();
    assertThat(LedgerDeclarations.planTold(noted(plan).history())).isTrue();
    assertThat(LedgerDeclarations.planned(noted(plan).history(), "steady for 10 s")).isTrue();
    assertThat(LedgerDeclarations.planned(noted(plan).history(), "steady for 11 s")).isFalse();
    assertThat(LedgerDeclarations.plannedFaults(noted(plan).history())).containsExactly("loss");
    assertThat(LedgerDeclarations.plannedWaits(noted(plan).history())).isEqualTo(1);
    assertThat(LedgerDeclarations.plannedWaits(noted("x").history())).isZero();
    assertThat(LedgerDeclarations.planTold(injected(noted(plan), 1).history()))
        .as("at the moment of the injection")
        .isTrue();
    assertThat(LedgerDeclarations.planTold(injected(noted("x", plan), 1.5).history()))
        .as("after it")
        .isFalse();
  }

  private static Forge injected(Forge forge, double ms) {
    return forge.add(
        new Event.Injected(
            Forge.at(ms, ms + 1), "loss", "power-off", "host", List.of("pg1"), "loses power"));
  }

  @Test
  void aTargetIsTheOneThatWasTold() {
    String told = LedgerDeclarations.target(Drills.target());
    assertThat(LedgerDeclarations.told(noted("x").history())).isFalse();
    assertThat(LedgerDeclarations.told(noted(told).history())).isTrue();
    assertThat(LedgerDeclarations.agrees(noted(told).history(), Drills.target())).isTrue();
    assertThat(LedgerDeclarations.agrees(noted(told).history(), Drills.rto(1))).isFalse();
    assertThat(LedgerDeclarations.doubts(noted(told).history(), Drills.target())).isEmpty();
    assertThat(LedgerDeclarations.doubts(noted(told).history(), Drills.rto(1)))
        .containsExactly("this is not the target that was declared before the drill began");
    assertThat(LedgerDeclarations.ofOneEpisode(told)).isTrue();
    assertThat(LedgerDeclarations.ofOneEpisode(exercises(true))).isTrue();
    assertThat(LedgerDeclarations.ofOneEpisode(exercises(false))).isTrue();
    assertThat(LedgerDeclarations.ofOneEpisode(LedgerDeclarations.plan(List.of()))).isTrue();
    assertThat(LedgerDeclarations.ofOneEpisode("a remark")).isFalse();
  }

  @Test
  void repositoriesAreToldByName() {
    assertThat(LedgerDeclarations.repositories(noted("x").history())).isEmpty();
    assertThat(
            LedgerDeclarations.repositories(
                noted(LedgerDeclarations.repositories(List.of("b", "a"))).history()))
        .containsExactly("a", "b");
  }
}
