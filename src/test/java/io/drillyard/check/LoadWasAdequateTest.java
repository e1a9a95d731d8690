package io.drillyard.check;

import static io.drillyard.check.Drills.ALL_ACKS;
import static io.drillyard.check.Drills.END;
import static io.drillyard.check.Verdict.MET;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Finding.Measured;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.WriteOutcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How much load there must be around a fault, to the write and the millisecond. */
final class LoadWasAdequateTest {
  private static final Duration FIVE = Duration.ofSeconds(5);

  private static Finding judge(Forge forge, Target target) {
    return Drills.judge("loadWasAdequate", forge, target);
  }

  private static String why(Forge forge) {
    return Drills.why("loadWasAdequate", forge, Drills.target());
  }

  private static boolean routed(Event event, double fromMs, double toMs) {
    return event instanceof Event.Write w
        && w.at().startNs() >= fromMs * Forge.MS
        && w.at().startNs() < toMs * Forge.MS;
  }

  private static Forge steadyFrom(double ms) {
    return Drills.powerOff()
        .without(e -> e instanceof Event.Phase p && p.name().equals("steady"))
        .phase(ms, "steady");
  }

  @Test
  void theRateIsMeasuredOnBothSides() {
    Finding finding = judge(Drills.powerOff(), Drills.target());
    assertThat(finding.target())
        .isEqualTo(
            "at least 45.0 acknowledged writes/s for 5000 ms before the fault and after recovery");
    assertThat(finding.parts())
        .containsEntry("before", new Measured(50, 50, 45.0, "per-second"))
        .containsEntry("after", new Measured(50.2, 50.2, 45.0, "per-second"));
  }

  @Test
  void aWriteThatReturnedAtEitherEdgeOfTheStretchCounts() {
    // From 5 004 to 10 000 ms: one write returned at the first of them, and one more at the last.
    Forge forge = Drills.lostPrimary();
    forge.write(9_990, 10_000, "routed@a", null, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    Drills.readBack(forge, ALL_ACKS);
    Target target = Drills.load(50, 0.9, Duration.ofMillis(4_996));
    assertThat(judge(forge, target).parts())
        .containsEntry("before", new Measured(251 / 4.996, 251 / 4.996, 45.0, "per-second"));
  }

  @Test
  void exactlyTheDeclaredRateIsEnough() {
    Forge forge = Drills.lostPrimary();
    forge.write(9_990, 10_000, "routed@a", null, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    Drills.readBack(forge, ALL_ACKS);
    assertThat(judge(forge, Drills.load(50.2, 1, FIVE)).verdict()).isEqualTo(MET);
    assertThat(Drills.why("loadWasAdequate", Drills.powerOff(), Drills.load(50.2, 1, FIVE)))
        .isEqualTo("only 50.0 writes/s were acknowledged before the fault");
  }

  @Test
  void withoutADeclaredLoadNothingIsReached() {
    String none = "the target declares no load to reach";
    for (Target target :
        new Target[] {
          Drills.load(50, 0, FIVE),
          Drills.load(50, -1, FIVE),
          Drills.load(50, Double.NaN, FIVE),
          Drills.load(50, 0.9, Duration.ZERO),
          Drills.load(50, 0.9, Duration.ofSeconds(-5))
        }) {
      assertThat(Drills.why("loadWasAdequate", Drills.powerOff(), target)).isEqualTo(none);
    }
  }

  @Test
  void theSteadyPhaseLastsAtLeastAsLongAsDeclared() {
    assertThat(judge(steadyFrom(5_000), Drills.target()).verdict()).isEqualTo(MET);
    assertThat(why(steadyFrom(5_000.001)))
        .isEqualTo("the steady phase before the fault was shorter than declared");
    assertThat(why(Drills.powerOff().without(Event.Phase.class)))
        .isEqualTo("there was no steady phase");
    assertThat(why(Drills.powerOff().without(Event.Injected.class)))
        .isEqualTo("no fault was injected");
  }

  @Test
  void aPreparingFaultOfTheSteadyPhaseEndsIt() {
    assertThat(judge(prepared(4_999, 5_000), Drills.target()).verdict()).isEqualTo(MET);
    assertThat(why(prepared(5_000, 5_000)))
        .isEqualTo("the steady phase before the fault was shorter than declared");
    assertThat(why(prepared(9_000, 5_000)))
        .isEqualTo("the steady phase before the fault was shorter than declared");
    assertThat(judge(prepared(9_000, 4_000), Drills.target()).verdict()).isEqualTo(MET);
  }

  private static Forge prepared(double faultMs, double steadyMs) {
    Forge forge =
        steadyFrom(steadyMs).injected(faultMs, faultMs + 1, "prepare-x", "cut", "network");
    return forge.healed(20_000, 20_010, "prepare-x");
  }

  @Test
  void aSteadyPhaseThatBeganAfterEveryFaultIsTooShort() {
    assertThat(why(steadyFrom(12_000)))
        .isEqualTo("the steady phase before the fault was shorter than declared");
  }

  @Test
  void loadAfterARecoveryThatIsNotKnownDoesNotCount() {
    String unknown = "when service recovered is not known, so no load after it counts";
    assertThat(why(Drills.lostPrimary())).isEqualTo(unknown);
    Forge out = Drills.lostPrimary().without(e -> routed(e, 40_000, END)).renumbered();
    out.failing(40_000, END, WriteOutcome.REFUSED);
    assertThat(why(Drills.readBack(out, ALL_ACKS))).isEqualTo(unknown);
    assertThat(why(Drills.powerOff().without(Event.Healed.class))).isEqualTo(unknown);
  }

  @Test
  void theLoadAfterItRunsFromTheHealOrTheEndOfTheLastOutage() {
    // The heal ended at 30 010 ms.
    assertThat(judge(lastAt(35_010), Drills.target()).verdict()).isEqualTo(MET);
    assertThat(why(lastAt(35_009.999)))
        .isEqualTo("the load after recovery was shorter than declared");
    Forge late = Drills.lostPrimary().without(e -> routed(e, 18_000, 41_000)).renumbered();
    late.failing(18_000, 41_000, WriteOutcome.REFUSED);
    assertThat(why(Drills.readBack(late, ALL_ACKS)))
        .isEqualTo("the load after recovery was shorter than declared");
  }

  private static Forge lastAt(double returnedMs) {
    Forge forge = Drills.lostPrimary().without(e -> routed(e, 34_990, 60_000)).renumbered();
    forge.write(35_000, returnedMs, "routed@a", null, WriteOutcome.ACKNOWLEDGED, "pg2", 2);
    return Drills.readBack(forge, ALL_ACKS);
  }

  @Test
  void withoutAnyOutageItRunsFromTheHeal() {
    Forge forge = Drills.lostPrimary().without(e -> routed(e, 0, END)).renumbered();
    forge.routed(0, END, "pg1", 1);
    assertThat(judge(Drills.readBack(forge, ALL_ACKS), Drills.target()).verdict()).isEqualTo(MET);
  }

  @Test
  void theStretchAfterItEndsWithTheLoadOrTheConvergedPhase() {
    // One write in 400 ms is no service, and no load either.
    Forge idle = Drills.lostPrimary();
    idle.without(e -> routed(e, 36_000, 39_900) && e.at().startNs() % (400 * Forge.MS) != 0);
    Drills.readBack(idle.renumbered(), ALL_ACKS);
    assertThat(judge(idle, Drills.target()).verdict()).isEqualTo(MET);
    idle.without(e -> e instanceof Event.Phase p && p.name().equals("collect"));
    assertThat(judge(idle, Drills.target()).verdict()).isEqualTo(MET);
    assertThat(why(idle.phase(40_000, "collect")))
        .isEqualTo("only 13.0 writes/s were acknowledged after recovery");
  }

  @Test
  void onlyRoutedAcknowledgementsAreLoad() {
    Forge refused = Drills.lostPrimary().without(e -> routed(e, 6_000, 9_500)).renumbered();
    refused.failing(6_000, 9_500, WriteOutcome.REFUSED).pinned(5_000, 10_000, "pg1", 1);
    assertThat(why(Drills.readBack(refused, ALL_ACKS)))
        .isEqualTo("only 15.0 writes/s were acknowledged before the fault");
  }

  @Test
  void aClientThatADoomedPrimaryServesToTheEndIsNoWantOfLoad() {
    Forge forge = Drills.frozen(END);
    for (double ms = 5; ms < END; ms += 20) {
      forge.write(ms, ms + 4, "routed@b", null, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    }
    Drills.readBack(
        forge,
        w ->
            w.acknowledged()
                && w.routed()
                && (w.timeline() == 2 || w.at().endNs() < Drills.FAULT * Forge.MS));
    assertThat(judge(forge, Drills.target()).verdict()).isEqualTo(MET);
    assertThat(Drills.judge("noSplitBrain", forge, Drills.target()).verdict())
        .isEqualTo(Verdict.MISSED);
  }
}
