package io.drillyard.check;

import static io.drillyard.check.Drills.FAULT;
import static io.drillyard.check.Drills.HEAL;
import static io.drillyard.check.Verdict.MET;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which looks prove that a fault was in force, and which leave it open. */
final class FaultObservationsTest {
  private static Forge look(Forge forge, double from, double to, boolean holds, String witness) {
    return forge.add(
        new Event.Witnessed(Forge.at(from, to), "loss", true, holds, witness, "looked at pg2"));
  }

  private static final String PG1 = "console of pg1";

  private static Forge look(double from, double to, boolean holds) {
    return look(new Forge(), from, to, holds, "arp");
  }

  private static @Nullable String doubt(Forge forge, boolean wanted) {
    return FaultObservations.doubt(forge.history(), "loss", wanted, 100 * Forge.MS, 200 * Forge.MS);
  }

  @Test
  void aLookCountsFromTheFirstInstantToTheLast() {
    assertThat(doubt(look(100, 200, true), true)).isNull();
    assertThat(doubt(look(99.999999, 150, true), true))
        .isEqualTo("no witness saw fault 'loss' in force");
    assertThat(doubt(look(150, 200.000001, true), true)).isNotNull();
    assertThat(doubt(look(150, 160, true), false)).isEqualTo("no witness saw fault 'loss' gone");
  }

  @Test
  void anotherFaultsWitnessTellsNothing() {
    Forge forge = new Forge().witnessed(150, "other", true, true);
    assertThat(doubt(forge, true)).isNotNull();
  }

  @Test
  void theContraryCountsFromTheMomentOfTheFirstProof() {
    assertThat(doubt(look(look(150, 160, true), 140, 149.999999, false, "arp"), true)).isNull();
    assertThat(doubt(look(look(150, 160, true), 140, 150, false, "arp"), true))
        .isEqualTo("witness arp contradicts that fault 'loss' was in force: looked at pg2");
  }

  private static @Nullable String unseen(Forge forge, String... hosts) {
    Event.Injected fault =
        new Event.Injected(Forge.at(100, 110), "loss", "cut", "network", List.of(hosts), "");
    return FaultObservations.unseen(forge.history(), fault, true, 100 * Forge.MS, 200 * Forge.MS);
  }

  @Test
  void everyHostOfSeveralMustBeNamedByAnAgreeingLook() {
    Forge both = look(look(100, 200, true), 120, 130, true, "console of pg1");
    assertThat(unseen(both, "pg1", "pg2")).isNull();
    assertThat(unseen(both, "pg1", "pg2", "pg3"))
        .isEqualTo("nobody saw fault 'loss' in force on pg3");
    assertThat(unseen(look(new Forge(), 120, 130, true, "console of pg10"), "pg1", "pg2"))
        .isEqualTo("nobody saw fault 'loss' in force on pg1");
    assertThat(unseen(new Forge(), "pg1")).isNull();
  }

  @Test
  void onlyAgreeingLooksAtThatFaultWhileItWasHeldNameAHost() {
    assertThat(unseen(look(99.999999, 130, true), "pg2", "pg2")).isNotNull();
    assertThat(unseen(look(150, 200.000001, true), "pg2", "pg2")).isNotNull();
    assertThat(unseen(look(120, 130, false), "pg2", "pg2")).isNotNull();
    Forge other = new Forge();
    other.add(new Event.Witnessed(Forge.at(120, 130), "other", true, true, "arp", "pg2"));
    assertThat(unseen(other, "pg2", "pg2")).isNotNull();
  }

  @Test
  void aLookAtAnotherMemberProvesNothingOfThisOne() {
    Forge forge = Drills.powerOff().without(e -> e instanceof Event.Witnessed w && w.expected());
    look(forge, FAULT + 50, FAULT + 60, true, "arp");
    look(forge, HEAL - 60, HEAL - 50, true, "arp");
    assertThat(why(forge)).isEqualTo("no witness saw fault 'loss' in force");
    // One that names no member at all is about the one that its fault acts on.
    forge.witnessed(FAULT + 50, "loss", true, true).witnessed(HEAL - 50, "loss", true, true);
    assertThat(held(forge).verdict()).isEqualTo(MET);
  }

  private static Forge seenAt(double firstMs, double lastMs) {
    Forge forge = Drills.powerOff().without(e -> e instanceof Event.Witnessed w && w.expected());
    return look(look(forge, firstMs, firstMs, true, PG1), lastMs, lastMs, true, PG1);
  }

  @Test
  void theLooksSpanTheHoldButForTenSecondsAtEachEnd() {
    // Injected until 10 010 ms, healed from 30 000 ms on.
    assertThat(held(seenAt(20_010, 20_010)).verdict()).isEqualTo(MET);
    assertThat(held(seenAt(20_010, 20_000)).verdict()).isEqualTo(MET);
    assertThat(why(seenAt(20_010.000001, 20_010.000001)))
        .isEqualTo("fault 'loss' was first seen in force long after it was injected");
    assertThat(why(seenAt(11_000, 19_999.999999)))
        .isEqualTo("fault 'loss' was not seen in force shortly before it was healed");
  }

  @Test
  void looksAtTheVeryEdgesOfTheHoldCount() {
    Forge forge = seenAt(FAULT, FAULT);
    look(forge, HEAL - 1, HEAL, true, PG1);
    assertThat(held(forge).verdict()).isEqualTo(MET);
  }

  @Test
  void halfAFaultThatNobodySawIsNotProved() {
    Forge forge =
        Drills.powerOff()
            .each(
                Event.Injected.class,
                i ->
                    new Event.Injected(
                        i.at(), i.fault(), i.type(), i.plane(), List.of("pg1", "pg3"), "both"));
    assertThat(why(forge)).isEqualTo("nobody saw fault 'loss' in force on pg1");
  }

  private static Forge momentary() {
    Forge forge = Drills.powerOff().without(Event.Witnessed.class).without(Event.Healed.class);
    return forge.each(
        Event.Injected.class,
        i -> new Event.Injected(i.at(), i.fault(), "kill", "process", i.targets(), "x", true));
  }

  @Test
  void whatIsOverAtOnceMustHaveBeenSeenWithinTenSeconds() {
    assertThat(why(momentary())).isEqualTo("no witness saw fault 'loss' in force");
    Forge last = look(momentary(), 20_000, FAULT + 10 + 10_000, true, PG1);
    assertThat(held(last).verdict()).isEqualTo(MET);
    Forge late = look(momentary(), 20_000, FAULT + 10 + 10_000.000001, true, PG1);
    assertThat(why(late)).isEqualTo("no witness saw fault 'loss' in force");
  }

  @Test
  void eachHostOfWhatIsOverAtOnceNeedsItsLook() {
    Forge three = momentary();
    three.each(
        Event.Injected.class,
        i ->
            new Event.Injected(
                i.at(),
                i.fault(),
                i.type(),
                i.plane(),
                List.of("pg1", "pg2", "pg3"),
                i.description(),
                true));
    look(three, FAULT + 20, FAULT + 30, true, "console of pg1");
    look(three, FAULT + 20, FAULT + 30, true, "console of pg2");
    assertThat(why(three)).isEqualTo("nobody saw fault 'loss' in force on pg3");
    look(three, FAULT + 20, FAULT + 30, true, "console of pg3");
    assertThat(held(three).verdict()).isEqualTo(MET);
  }

  @Test
  void aLongerNameIsAnotherHost() {
    Forge forge = look(new Forge(), 120, 130, true, "console of pg-1-b and x-pg-1");
    assertThat(unseen(forge, "pg-1", "pg-1-b"))
        .isEqualTo("nobody saw fault 'loss' in force on pg-1");
  }

  @Test
  void theGroundIsWhatWasAwaitedUpToTheInjection() {
    String unprepared = "the ground was not prepared: 'a standby lags' did not come true";
    assertThat(why(awaited(9_000, FAULT, false))).isEqualTo(unprepared);
    assertThat(held(awaited(9_000, FAULT, true)).verdict()).isEqualTo(MET);
    assertThat(held(awaited(9_000, FAULT + 0.000001, false)).verdict()).isEqualTo(MET);
  }

  private static Forge awaited(double from, double to, boolean fulfilled) {
    return Drills.powerOff()
        .add(new Event.Awaited(Forge.at(from, to), "a standby lags", fulfilled, 1, "", null));
  }

  @Test
  void anOrderNeedsALeaderBeforeAndAnotherOneAfterIt() {
    Forge unknown = Drills.switchover().without(Event.LeaderKey.class);
    unknown.without(Event.Topology.class);
    assertThat(why(unknown)).isEqualTo("who led before order 'order' is not known");
    Forge stayed = Drills.switchover().without(Event.LeaderKey.class);
    assertThat(why(stayed.key(0, "pg1", 1).key(17_000, "pg1", 2)))
        .isEqualTo("the leader key stayed with pg1 after order 'order'");
    Forge early = Drills.switchover().without(Event.LeaderKey.class).key(0, "pg1", 1);
    assertThat(held(early.key(FAULT - 1, "pg2", 2)).verdict()).isEqualTo(MET);
    Forge gone = Drills.switchover().without(Event.LeaderKey.class).key(0, "pg1", 1);
    assertThat(why(gone.key(17_000, null, 2))).contains("stayed with pg1");
  }

  @Test
  void withoutFaultNothingCouldTakeHold() {
    assertThat(why(Drills.powerOff().without(Event.Injected.class)))
        .isEqualTo("no fault was injected");
  }

  private static Finding held(Forge forge) {
    return Drills.judge("faultTookHold", forge, Drills.target());
  }

  private static String why(Forge forge) {
    return Drills.why("faultTookHold", forge, Drills.target());
  }
}
