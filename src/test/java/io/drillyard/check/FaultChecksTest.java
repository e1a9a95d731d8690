package io.drillyard.check;

import static io.drillyard.check.Drills.HEAL;
import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import org.junit.jupiter.api.Test;

final class FaultChecksTest {
  private static Verdict held(Forge forge) {
    return Drills.judge("faultTookHold", forge, Drills.target()).verdict();
  }

  private static Verdict healed(Forge forge) {
    return Drills.judge("faultHealed", forge, Drills.target()).verdict();
  }

  @Test
  void witnessedFaultsAreMet() {
    assertThat(held(Drills.powerOff())).isEqualTo(MET);
    assertThat(healed(Drills.powerOff())).isEqualTo(MET);
  }

  @Test
  void withoutWitnessNothingIsProved() {
    assertThat(held(Drills.powerOff().without(Event.Witnessed.class))).isEqualTo(UNDETERMINED);
    assertThat(healed(Drills.powerOff().without(Event.Witnessed.class))).isEqualTo(UNDETERMINED);
  }

  @Test
  void aContradictionWhileHeldIsUndetermined() {
    assertThat(held(Drills.powerOff().witnessed(20_000, "loss", true, false)))
        .isEqualTo(UNDETERMINED);
  }

  @Test
  void aFaultStillTakingHoldIsNoContradiction() {
    assertThat(held(Drills.powerOff().witnessed(10_020, "loss", true, false))).isEqualTo(MET);
  }

  @Test
  void aWitnessWhoOnlyEverDeniesItContradicts() {
    Forge forge = Drills.powerOff();
    forge.add(
        new Event.Witnessed(Forge.at(10_020, 10_021), "loss", true, false, "other", "still up"));
    assertThat(held(forge)).isEqualTo(UNDETERMINED);
  }

  @Test
  void aWitnessFromOutsideTheHoldProvesNothing() {
    Forge forge = Drills.powerOff().without(e -> e instanceof Event.Witnessed w && w.expected());
    forge.witnessed(9_000, "loss", true, true).witnessed(HEAL + 50, "loss", true, true);
    assertThat(held(forge)).isEqualTo(UNDETERMINED);
  }

  @Test
  void everyFaultNeedsItsOwnWitness() {
    Forge forge = Drills.powerOff().injected(11_000, 11_010, "second", "cut", "network");
    forge.healed(20_000, 20_010, "second");
    assertThat(held(forge)).isEqualTo(UNDETERMINED);
    assertThat(healed(forge)).isEqualTo(UNDETERMINED);
    forge.witnessed(12_000, "second", true, true).witnessed(21_000, "second", false, false);
    assertThat(held(forge)).isEqualTo(MET);
    assertThat(healed(forge)).isEqualTo(MET);
  }

  @Test
  void stillInForceAfterTheHealIsUndetermined() {
    assertThat(healed(Drills.powerOff().witnessed(HEAL + 500, "loss", false, true)))
        .isEqualTo(UNDETERMINED);
    assertThat(healed(Drills.powerOff().witnessed(HEAL + 50, "loss", false, true))).isEqualTo(MET);
  }

  @Test
  void aFaultWithoutHealIsUndetermined() {
    assertThat(healed(Drills.powerOff().without(Event.Healed.class))).isEqualTo(UNDETERMINED);
  }

  @Test
  void anOrderTookHoldWhenTheLeaderKeyChangedHands() {
    assertThat(held(Drills.switchover())).isEqualTo(MET);
    assertThat(healed(Drills.switchover())).isEqualTo(MET);
    assertThat(held(Drills.switchover().without(Event.LeaderKey.class))).isEqualTo(UNDETERMINED);
    Forge stayed = Drills.switchover().without(Event.LeaderKey.class);
    assertThat(held(stayed.key(0, "pg1", 1).key(17_000, "pg1", 2))).isEqualTo(UNDETERMINED);
  }

  @Test
  void withoutFaultBothAreUndetermined() {
    Forge forge = Drills.powerOff().without(Event.Injected.class);
    assertThat(held(forge)).isEqualTo(UNDETERMINED);
    assertThat(healed(forge)).isEqualTo(UNDETERMINED);
  }

  @Test
  void whyNothingIsDecidedOfTheHeal() {
    assertThat(whyHealed(Drills.powerOff().without(Event.Injected.class)))
        .isEqualTo("no fault was injected");
    assertThat(whyHealed(Drills.powerOff().without(Event.Healed.class)))
        .isEqualTo("fault 'loss' was never healed");
    assertThat(whyHealed(Drills.powerOff().without(Event.Witnessed.class)))
        .isEqualTo("no witness saw fault 'loss' gone");
  }

  private static String whyHealed(Forge forge) {
    return Drills.why("faultHealed", forge, Drills.target());
  }

  @Test
  void whatWasHeldIsToldFromWhatWasOverAtOnce() {
    assertThat(Drills.judge("faultHealed", Drills.powerOff(), Drills.target()).summary())
        .isEqualTo("every fault was seen gone");
    assertThat(Drills.judge("faultHealed", Drills.switchover(), Drills.target()).summary())
        .isEqualTo("nothing was held: what was done was over at once");
  }

  @Test
  void everythingIsReleasedByTheLastHealOrTheLastMomentaryFault() {
    Forge forge = Drills.powerOff().injected(20_000, 20_010, "cut", "cut", "network");
    forge.healed(25_000, 25_010, "cut");
    assertThat(forge.history().faults().release()).isEqualTo(Forge.at(HEAL, HEAL + 10));
    Forge same = Drills.powerOff().injected(20_000, 20_010, "cut", "cut", "network");
    same.healed(HEAL - 5, HEAL + 10, "cut");
    assertThat(same.history().faults().release()).isEqualTo(Forge.at(HEAL, HEAL + 10));
    Forge later = Drills.powerOff().injected(35_000, 35_010, "order", "switchover", "order");
    assertThat(later.history().faults().release()).isEqualTo(Forge.at(35_000, 35_010));
    Forge at = new Forge().injected(10_000, 10_010, "loss", "cut", "network");
    at.healed(10_000, 10_020, "loss");
    assertThat(at.history().faults().release()).isEqualTo(Forge.at(10_000, 10_020));
  }
}
