package io.drillyard.check;

import static io.drillyard.check.Drills.FAULT;
import static io.drillyard.check.Drills.HEAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.ledger.Event;
import io.drillyard.ledger.LedgerFormat;
import io.drillyard.ledger.WriteOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a ledger must not do to be believed, in the words in which it is said. */
final class LedgerSoundnessTest {
  private static List<String> problems(Forge forge) {
    return forge.history().soundness().problems();
  }

  private static List<String> clock(Forge forge) {
    return forge.history().soundness().clockProblems();
  }

  private static Forge copy(Forge forge) {
    Forge copy = new Forge();
    forge.events().forEach(copy::add);
    return copy;
  }

  @Test
  void aTruthfulDrillHasNoProblem() {
    assertThat(problems(Drills.powerOff())).isEmpty();
    assertThat(clock(Drills.powerOff())).isEmpty();
  }

  @Test
  void everyFormatFromTheFirstToTheNewestIsKnown() {
    assertThat(problems(Drills.powerOff().format(1))).isEmpty();
    assertThat(problems(Drills.powerOff().format(LedgerFormat.VERSION))).isEmpty();
    assertThat(problems(Drills.powerOff().format(0)))
        .containsExactly("the ledger has format 0, not known here");
    int next = LedgerFormat.VERSION + 1;
    assertThat(problems(Drills.powerOff().format(next)))
        .containsExactly("the ledger has format " + next + ", not known here");
  }

  @Test
  void aLedgerIsOpenedOnceAndClosedOnce() {
    assertThat(problems(Drills.powerOff().without(Event.Opened.class)))
        .containsExactly("the ledger has 0 opening events instead of one");
    assertThat(problems(Drills.powerOff().opened(0)))
        .containsExactly("the ledger has 2 opening events instead of one");
    assertThat(problems(Drills.powerOff().without(Event.Closed.class)))
        .containsExactly("the ledger was cut off: it has no closing event");
    assertThat(problems(Drills.powerOff().closed(47_000, "complete")))
        .containsExactly("the ledger was closed 2 times");
    assertThat(
            problems(Drills.powerOff().without(Event.Closed.class).closed(47_000, "interrupted")))
        .containsExactly("the run ended interrupted: told to");
  }

  @Test
  void whatLiesOutsideTheRunIsCounted() {
    assertThat(problems(Drills.powerOff().phase(47_000.001, "late").phase(47_001, "later")))
        .containsExactly("2 events lie before the opening or after the closing of the ledger");
    assertThat(problems(Drills.powerOff().phase(-0.001, "early"))).hasSize(1);
    assertThat(problems(Drills.powerOff().phase(47_000, "last").phase(0, "first"))).isEmpty();
  }

  @Test
  void theDisruptionMayComeWithTheSteadyPhaseButNotBeforeIt() {
    Forge forge =
        Drills.powerOff().without(e -> e instanceof Event.Phase p && p.name().equals("steady"));
    assertThat(problems(copy(forge).phase(FAULT, "steady"))).isEmpty();
    assertThat(problems(copy(forge).phase(FAULT + 0.001, "steady")))
        .containsExactly("fault 'loss' was injected before the steady phase began");
    assertThat(problems(forge)).isEmpty();
    assertThat(problems(Drills.powerOff().phase(20_000, "fault")))
        .containsExactly("phase 'fault' was entered twice");
  }

  @Test
  void whoeverIsNamedMustBeInTheTopology() {
    String ghost = "member 'ghost' is in no topology";
    Forge served = Drills.lostPrimary();
    served.write(9_000, 9_004, "odd", null, WriteOutcome.UNKNOWN, "ghost", 1);
    assertThat(problems(served)).containsExactly(ghost);
    Forge pinned = Drills.lostPrimary();
    pinned.write(9_000, 9_004, "odd", "ghost", WriteOutcome.UNKNOWN, null, 1);
    assertThat(problems(pinned)).containsExactly(ghost);
    Forge probed = Drills.powerOff();
    probed.probes(9_000, 9_001, "ghost", Event.ProbeResult.HUNG, 1);
    assertThat(problems(probed)).containsExactly(ghost);
    Forge read = Drills.powerOff().survivors(44_000, 44_001, "ghost", 1, w -> false);
    assertThat(problems(read)).containsExactly(ghost);
    assertThat(problems(Drills.powerOff().standbys(9_050, "ghost"))).containsExactly(ghost);
    assertThat(problems(Drills.powerOff().key(9_000, "ghost", 9))).containsExactly(ghost);
  }

  @Test
  void aPinnedClientIsServedByItsOwnMember() {
    Forge forge = Drills.lostPrimary();
    forge.write(9_000, 9_004, "pinned-pg1", "pg1", WriteOutcome.ACKNOWLEDGED, "pg2", 1);
    forge.write(9_100, 9_104, "pinned-pg1", "pg1", WriteOutcome.ACKNOWLEDGED, "pg3", 1);
    assertThat(problems(forge))
        .containsExactly("writer 'pinned-pg1' is pinned, and another member served it");
    Forge own = Drills.lostPrimary();
    own.write(9_000, 9_004, "pinned-pg1", "pg1", WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    own.write(9_100, 9_104, "pinned-pg1", "pg1", WriteOutcome.REFUSED, "pg2", 1);
    assertThat(problems(own)).isEmpty();
  }

  @Test
  void aLookThatStandsThereTwiceWasCopied() {
    Forge forge = Drills.powerOff();
    List<Event> probes =
        forge.history().of(Event.Probed.class).stream().limit(2).map(p -> (Event) p).toList();
    probes.forEach(forge::add);
    assertThat(problems(forge)).containsExactly("2 looks at members stand in the ledger twice");
  }

  @Test
  void sequencesBeginAtOneAndAreUsedOnce() {
    assertThat(problems(sequenced(1, 2, 3))).isEmpty();
    assertThat(problems(sequenced(0, 1, 2)).getFirst())
        .isEqualTo("writer 'w' used a sequence below 1");
    assertThat(problems(sequenced(1, 2, 2, 2))).containsExactly("writer 'w' used sequence 2 twice");
    assertThat(problems(sequenced(1, 3, 6)))
        .containsExactly("3 writes of writer 'w' have no outcome");
    assertThat(problems(sequenced(2))).containsExactly("1 writes of writer 'w' have no outcome");
  }

  @Test
  void writesMayStandInAnyOrder() {
    assertThat(problems(sequenced(3, 1, 2))).isEmpty();
    assertThat(problems(sequenced(2, 1, 2))).containsExactly("writer 'w' used sequence 2 twice");
  }

  private static Forge sequenced(long... sequences) {
    Forge forge = Drills.lostPrimary();
    for (long sequence : sequences) {
      forge.write(9_000, 9_004, "w", null, WriteOutcome.UNKNOWN, null, 0);
      double at = 9_000 + forge.events().size() / 1e6;
      forge.each(
          Event.Write.class,
          w ->
              w.writer().equals("w") && w.at().equals(Forge.at(9_000, 9_004))
                  ? new Event.Write(
                      Forge.at(at, at + 4),
                      0,
                      "w",
                      "a",
                      null,
                      sequence,
                      WriteOutcome.UNKNOWN,
                      null,
                      0,
                      0,
                      0,
                      null,
                      null)
                  : w);
    }
    return forge;
  }

  @Test
  void onlyWhatWasInjectedIsHealedAndWitnessed() {
    assertThat(problems(Drills.powerOff().injected(20_000, 20_010, "loss", "cut", "network")))
        .containsExactly("fault 'loss' was injected twice");
    assertThat(problems(Drills.powerOff().healed(20_000, 20_010, "never")))
        .containsExactly("fault 'never' was healed without having been injected");
    assertThat(problems(Drills.powerOff().healed(FAULT - 0.001, FAULT + 5, "loss")))
        .containsExactly("fault 'loss' was healed without having been injected");
    assertThat(problems(Drills.powerOff().healed(FAULT, FAULT + 5, "loss"))).isEmpty();
    assertThat(
            problems(
                Drills.powerOff()
                    .witnessed(20_000, "never", true, true)
                    .witnessed(21_000, "never", true, true)))
        .containsExactly("fault 'never' was witnessed but never injected");
  }

  @Test
  void anErrorOfTheHarnessIsToldUnlessItIsTheArchives() {
    assertThat(problems(note("error", "probe of pg1 stopped")))
        .containsExactly("the harness noted an error: probe of pg1 stopped");
    assertThat(problems(note("warning", "probe of pg1 stopped"))).isEmpty();
    // What the archive refused is judged as split brain, not as an error of the harness.
    assertThat(problems(note("error", "ERROR: [045]: WAL file exists"))).isEmpty();
  }

  private static Forge note(String level, String text) {
    return Drills.powerOff().add(new Event.Note(Forge.at(20_000, 20_000), level, text));
  }

  @Test
  void aStopByHandIsToldOnce() {
    Forge forge =
        Drills.powerOff().action(15_000, 15_000, "operator", LedgerSoundness.STOPPED, "drill");
    forge.action(16_000, 16_000, "operator", LedgerSoundness.STOPPED, "drill");
    assertThat(problems(forge))
        .singleElement()
        .asString()
        .startsWith("somebody stopped the drill by hand (by hand)");
    assertThat(problems(Drills.powerOff().action(15_000, 15_000, "operator", "promote", "pg2")))
        .isEmpty();
  }

  private static Forge samples(double... ms) {
    Forge forge = Drills.powerOff().without(Event.WallClock.class);
    for (double one : ms) {
      forge.wallClock(one, one);
    }
    return forge;
  }

  @Test
  void twoSamplesOfTheClockAreTheLeast() {
    assertThat(clock(samples()))
        .containsExactly("nobody compared the wall clock with the monotonic one");
    assertThat(clock(samples(0)))
        .containsExactly("nobody compared the wall clock with the monotonic one");
    assertThat(clock(samples(0, 47_000)))
        .containsExactly("the wall clock was not watched for 47.000 s of the run");
  }

  @Test
  void samplesMayLieFiveSecondsApart() {
    double[] fives = {0, 5_000, 10_000, 15_000, 20_000, 25_000, 30_000, 35_000, 40_000, 45_000};
    assertThat(clock(samples(fives))).isEmpty();
    fives[9] = 45_000.000001;
    assertThat(clock(samples(fives)))
        .containsExactly("the wall clock was not watched for 5.000 s of the run");
  }

  @Test
  void theClockIsWatchedFromTheInjectionToTheEndOfTheLoad() {
    Forge late = Drills.powerOff().without(Event.WallClock.class).wallClock(FAULT, 45_000);
    assertThat(clock(late)).isEmpty();
    Forge tooLate = Drills.powerOff().without(Event.WallClock.class);
    assertThat(clock(tooLate.wallClock(FAULT + 0.000001, 45_001)))
        .containsExactly("the wall clock was not watched from before the fault until the end");
    Forge tooShort = Drills.powerOff().without(Event.WallClock.class).wallClock(0, 44_900);
    assertThat(clock(tooShort))
        .containsExactly("the wall clock was not watched from before the fault until the end");
  }

  @Test
  void withoutTheEndOfTheLoadTheLastHealOrFaultMustHaveBeenWatched() {
    Forge forge = Drills.powerOff().without(Event.Phase.class).without(Event.WallClock.class);
    assertThat(clock(copy(forge).wallClock(0, HEAL))).hasSize(1);
    assertThat(clock(copy(forge).wallClock(0, HEAL + 100))).isEmpty();
    forge.injected(HEAL + 1_000, HEAL + 2_000, "second", "kill", "order");
    assertThat(clock(copy(forge).wallClock(0, HEAL + 1_900))).hasSize(1);
    assertThat(clock(copy(forge).wallClock(0, HEAL + 2_000))).isEmpty();
  }

  @Test
  void aJumpIsToldFirstWithItsSizeAndTime() {
    Forge forge =
        Drills.powerOff()
            .without(e -> e instanceof Event.WallClock && e.at().startNs() > 30_000 * Forge.MS)
            .each(
                Event.WallClock.class,
                c ->
                    c.at().startNs() < 20_000 * Forge.MS
                        ? c
                        : new Event.WallClock(c.at(), c.epochNs() + 700 * Forge.MS));
    assertThat(clock(forge))
        .containsExactly(
            "the wall clock moved by at least 700 ms by 20.000 s of the run",
            "the wall clock was not watched from before the fault until the end");
    assertThat(forge.history().soundness().clockJumped()).isTrue();
  }
}
