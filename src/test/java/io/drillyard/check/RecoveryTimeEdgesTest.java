package io.drillyard.check;

import static io.drillyard.check.Drills.ALL_ACKS;
import static io.drillyard.check.Drills.END;
import static io.drillyard.check.Drills.FAULT;
import static io.drillyard.check.Drills.HEAL;
import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Finding.Measured;
import io.drillyard.declaration.FailoverMode;
import io.drillyard.declaration.Rpo;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.WriteOutcome;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Where a recovery time begins and ends to the millisecond, and why there is none. */
final class RecoveryTimeEdgesTest {
  private static Finding judge(Forge forge, Target target) {
    return Drills.judge("recoveryTime", forge, target);
  }

  private static Measured measured(Forge forge, Target target) {
    return Objects.requireNonNull(judge(forge, target).measured());
  }

  private static String why(Forge forge, Target target) {
    return Drills.why("recoveryTime", forge, target);
  }

  private static Target fromHeal(long rtoMs) {
    return Drills.target(rtoMs, new Rpo.Transactions(0), false, FailoverMode.AUTOMATIC, null);
  }

  private static boolean routed(Event event, double fromMs, double toMs) {
    return event instanceof Event.Write w
        && w.routed()
        && w.at().startNs() >= fromMs * Forge.MS
        && w.at().startNs() < toMs * Forge.MS;
  }

  private static Forge routedUntil(double ms) {
    return Drills.lostPrimary().without(e -> routed(e, ms, END)).renumbered();
  }

  @Test
  void withoutAFaultThereIsNoOrigin() {
    Forge forge = Drills.powerOff().without(Event.Injected.class);
    assertThat(why(forge, Drills.target())).isEqualTo("no fault was injected");
    assertThat(judge(forge, Drills.target()).target()).isEqualTo("RTO 20000 ms from the injection");
    assertThat(judge(forge, fromHeal(5_000)).target()).isEqualTo("RTO 5000 ms from the heal");
  }

  @Test
  void whatIsMomentaryIsTimedFromItselfWhateverWasDeclared() {
    Forge forge =
        Drills.powerOff()
            .each(
                Event.Injected.class,
                i ->
                    new Event.Injected(
                        i.at(), i.fault(), "kill", "process", i.targets(), "", true));
    Finding finding = judge(forge.without(Event.Healed.class), fromHeal(20_000));
    assertThat(finding.target()).isEqualTo("RTO 20000 ms from the injection");
    assertThat(finding.verdict()).isEqualTo(MET);
    assertThat(Objects.requireNonNull(finding.measured()).upper()).isEqualTo(8_004);
  }

  @Test
  void anRtoFromTheHealNeedsAHeal() {
    assertThat(why(Drills.powerOff().without(Event.Healed.class), fromHeal(5_000)))
        .isEqualTo("fault 'loss' was never healed, and the RTO runs from the heal");
    // With the RTO from the injection it is the read-back that cannot be relied upon.
    assertThat(why(Drills.powerOff().without(Event.Healed.class), Drills.target()))
        .startsWith("which acknowledgements survive is not known: ");
  }

  @Test
  void whatSurvivesMustBeKnownAndSomethingMustSurvive() {
    assertThat(why(Drills.lostPrimary(), Drills.target()))
        .isEqualTo(
            "which acknowledgements survive is not known: the surviving rows were not read back");
    assertThat(why(Drills.readBack(Drills.lostPrimary(), w -> false), Drills.target()))
        .isEqualTo("no routed write was acknowledged and survived in the whole run");
  }

  @Test
  void serviceMustHaveBeenThereUpToTheThresholdBeforeTheFault() {
    Forge at = Drills.lostPrimary().without(e -> routed(e, 9_490, FAULT)).renumbered();
    at.write(9_490, 9_500, "routed@a", null, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    assertThat(judge(Drills.readBack(at, ALL_ACKS), Drills.target()).verdict()).isEqualTo(MET);
    Forge gone = Drills.lostPrimary().without(e -> routed(e, 9_490, FAULT)).renumbered();
    gone.write(9_490, 9_499.999, "routed@a", null, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    assertThat(why(Drills.readBack(gone, ALL_ACKS), Drills.target()))
        .isEqualTo("service was not there when the fault was injected");
  }

  @Test
  void anAcknowledgementAtTheVeryInjectionShowsServiceBeforeIt() {
    Forge forge = Drills.lostPrimary().without(e -> routed(e, 9_000, FAULT)).renumbered();
    forge.write(9_900, FAULT, "routed@a", null, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    assertThat(judge(Drills.readBack(forge, ALL_ACKS), Drills.target()).verdict()).isEqualTo(MET);
  }

  @Test
  void somethingMustHaveBeenTriedAfterTheOrigin() {
    assertThat(why(Drills.readBack(routedUntil(FAULT), ALL_ACKS), Drills.target()))
        .isEqualTo("no routed write was attempted after the injection");
    Forge atTheEnd = routedUntil(FAULT);
    atTheEnd.write(FAULT, FAULT + 10, "routed@a", null, WriteOutcome.UNKNOWN, null, 0, 0);
    assertThat(why(Drills.readBack(atTheEnd, ALL_ACKS), Drills.target()))
        .isEqualTo("no routed write was attempted after the injection");
    Forge after = routedUntil(FAULT);
    after.write(FAULT, FAULT + 10.001, "routed@a", null, WriteOutcome.UNKNOWN, null, 0, 0);
    assertThat(judge(Drills.readBack(after, ALL_ACKS), Drills.target()).verdict()).isEqualTo(MET);
    assertThat(why(Drills.readBack(routedUntil(HEAL), ALL_ACKS), fromHeal(5_000)))
        .isEqualTo("no routed write was attempted after the heal");
  }

  /** A second client that is served as well as the first, until it stops. */
  private static Forge stops(double lastReturnedMs) {
    Forge forge = Drills.lostPrimary();
    for (double ms = 5; ms < FAULT; ms += 20) {
      forge.write(ms, ms + 4, "routed@b", null, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    }
    for (double ms = Drills.BACK; ms < lastReturnedMs - 20; ms += 20) {
      forge.write(ms, ms + 4, "routed@b", null, WriteOutcome.ACKNOWLEDGED, "pg2", 2);
    }
    double last = lastReturnedMs - 4;
    forge.write(last, lastReturnedMs, "routed@b", null, WriteOutcome.ACKNOWLEDGED, "pg2", 2);
    return Drills.readBack(forge, ALL_ACKS);
  }

  @Test
  void aClientThatFellSilentMoreThanTwoSecondsBeforeTheEndProvesNothing() {
    // The other one's last write returned at 44 984 ms.
    assertThat(judge(stops(42_984), Drills.target()).verdict()).isEqualTo(MET);
    assertThat(why(stops(42_983), Drills.target()))
        .isEqualTo(
            "writer 'routed@b' sent nothing in the last 2.001 s of the load: how it was served is"
                + " not known");
  }

  @Test
  void serviceThatNeverReturnedIsMissedOnceMoreThanTheRtoHasPassed() {
    Forge forge = routedUntil(FAULT).failing(FAULT + 20, END, WriteOutcome.REFUSED);
    Drills.readBack(forge, ALL_ACKS);
    // The last try returned at 44 984 ms; the injection ended at 10 010.
    Finding missed = judge(forge, Drills.rto(34_973));
    assertThat(missed.verdict()).isEqualTo(MISSED);
    assertThat(missed.summary())
        .isEqualTo(
            "service had not recovered when the load ended, at least 34.974 s after what it is timed"
                + " from");
    assertThat(judge(forge, Drills.rto(34_974)).verdict()).isEqualTo(UNDETERMINED);
  }

  /** Served up to the heal, the last acknowledgement returning at that moment; again from 33 s. */
  private static Forge outageFrom(double ms) {
    Forge forge = Drills.lostPrimary().without(e -> routed(e, 29_980, 33_000));
    forge.failing(30_020, 32_980, WriteOutcome.REFUSED).renumbered();
    forge.write(29_990, ms, "routed@a", null, WriteOutcome.ACKNOWLEDGED, "pg2", 2);
    return Drills.readBack(forge, ALL_ACKS);
  }

  @Test
  void anOutageThatBeginsAtTheHealIsOfTheHeal() {
    Finding finding = judge(outageFrom(HEAL), Drills.target());
    assertThat(finding.parts())
        .containsEntry("outage-after-heal", new Measured(2_990, 3_004, 20_000.0, "ms"));
    assertThat(measured(outageFrom(HEAL), Drills.target()).upper()).isEqualTo(8_004);
    Finding before = judge(outageFrom(HEAL - 0.001), Drills.target());
    assertThat(before.parts()).doesNotContainKey("outage-after-heal");
    assertThat(Objects.requireNonNull(before.measured()).upper()).isEqualTo(23_004);
  }

  /** Nothing is served from the fault until a write that returns at that moment. */
  private static Forge backAt(double returnedMs) {
    Forge forge = routedUntil(FAULT).failing(FAULT + 20, 29_000, WriteOutcome.REFUSED);
    forge.write(29_990, returnedMs, "routed@a", null, WriteOutcome.ACKNOWLEDGED, "pg2", 2);
    return Drills.readBack(forge.routed(HEAL + 20, END, "pg2", 2), ALL_ACKS);
  }

  @Test
  void serviceThatIsBackByTheHealIsBackWhileTheFaultIsHeld() {
    assertThat(judge(backAt(HEAL), Drills.rto(60_000)).verdict()).isEqualTo(MET);
    assertThat(why(backAt(HEAL + 0.001), Drills.rto(60_000)))
        .isEqualTo(
            "service came back only after the fault was healed, although it must while it is held");
  }

  @Test
  void whereTheRtoRunsFromTheHealAnOutageThatEndedByThenIsNone() {
    assertThat(judge(backAt(HEAL), fromHeal(5_000)).summary()).startsWith("no outage: ");
    assertThat(judge(backAt(HEAL + 0.001), fromHeal(5_000)).summary())
        .startsWith("service was back after ");
  }

  @Test
  void aPlainFailoverHasNoOutageAfterTheHeal() {
    assertThat(judge(Drills.powerOff(), Drills.target()).parts())
        .doesNotContainKey("outage-after-heal");
  }

  private static double lowerWithStall(double fromMs, double toMs) {
    Forge forge = Drills.powerOff();
    forge.add(new Event.Stalled(Forge.at(fromMs, toMs), (long) ((toMs - fromMs) * Forge.MS)));
    return measured(forge, Drills.target()).lower();
  }

  @Test
  void aStallCountsIfItTouchesTheAcknowledgement() {
    // Sent at 18 000, returned at 18 004.
    assertThat(lowerWithStall(17_900, 18_000)).isEqualTo(7_890);
    assertThat(lowerWithStall(17_960, 17_999.999)).isEqualTo(7_990);
    assertThat(lowerWithStall(17_970, 18_002)).isEqualTo(7_958);
    // What came after it made it no later.
    assertThat(lowerWithStall(18_004, 18_104)).isEqualTo(7_990);
    assertThat(lowerWithStall(18_003, 18_103)).isEqualTo(7_989);
  }

  @Test
  void theFirstThingThatWasNoticedIsAFailedWriteOrAProbeWhicheverReturnedFirst() {
    Forge probed = Drills.powerOff();
    assertThat(judge(probed, Drills.target()).parts())
        .containsEntry("detected", new Measured(0, 4, null, "ms"));
    Forge written =
        Drills.lostPrimary().without(e -> e instanceof Event.Probed p && p.member().equals("pg1"));
    assertThat(judge(Drills.readBack(written, ALL_ACKS), Drills.target()).parts())
        .containsEntry("detected", new Measured(10, 24, null, "ms"));
  }

  @Test
  void whatIsOutAtTheEndIsPartOfTheUnavailability() {
    Forge forge = routedUntil(40_000).failing(40_000, END, WriteOutcome.REFUSED);
    Drills.readBack(forge, ALL_ACKS);
    // The outage of 10 to 18 s (8 016 to 8 024 ms), and from 39 984 to 44 984 for certain.
    assertThat(judge(forge, Drills.target()).parts())
        .containsEntry("total-unavailability", new Measured(13_016, 13_024, null, "ms"))
        .containsEntry("outage-while-held", new Measured(8_004, 8_004, null, "ms"));
  }

  @Test
  void aFailureSentAtTheInstantOfTheInjectionIsOne() {
    Forge forge = Drills.lostPrimary();
    forge.write(FAULT, 18_002, "routed@a", null, WriteOutcome.UNKNOWN, null, 0, 0);
    assertThat(measured(Drills.readBack(forge, ALL_ACKS), Drills.target()).lower())
        .isEqualTo(7_992);
  }

  @Test
  void aFailureCountsIfItReturnedBeforeTheRecovery() {
    Forge at = Drills.lostPrimary();
    at.write(17_000, 18_004, "routed@a", null, WriteOutcome.UNKNOWN, null, 0, 0);
    assertThat(measured(Drills.readBack(at, ALL_ACKS), Drills.target()).lower()).isEqualTo(7_990);
    Forge slow = Drills.lostPrimary();
    // The one that was sent first returned last.
    slow.write(12_001, 18_003, "routed@a", null, WriteOutcome.UNKNOWN, null, 0, 0);
    assertThat(measured(Drills.readBack(slow, ALL_ACKS), Drills.target()).lower()).isEqualTo(7_993);
  }

  @Test
  void aGapOfExactlyTheThresholdIsNoOutage() {
    assertThat(judge(gap(30_500), Drills.target()).parts())
        .containsEntry("total-unavailability", new Measured(0, 0, null, "ms"))
        .containsEntry("longest-gap", new Measured(500, 500, null, "ms"));
    assertThat(judge(gap(30_500.001), Drills.target()).summary()).startsWith("service was back");
  }

  /** Served by pg1 all the time, but for a gap that begins at 30 s. */
  private static Forge gap(double untilMs) {
    Forge forge = Drills.lostPrimary().without(e -> routed(e, 0, END)).renumbered();
    forge.routed(0, 29_980, "pg1", 1);
    forge.write(29_990, 30_000, "routed@a", null, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    forge.write(30_400, untilMs, "routed@a", null, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    return Drills.readBack(forge.routed(30_520, END, "pg1", 1), ALL_ACKS);
  }

  @Test
  void serviceIsOutAtTheEndOnlyBeyondTheThreshold() {
    assertThat(judge(lastTry(45_484), Drills.target()).verdict()).isEqualTo(MET);
    assertThat(judge(lastTry(45_484.001), Drills.target()).summary())
        .startsWith("service had not recovered when the load ended");
  }

  private static Forge lastTry(double returnedMs) {
    Forge forge =
        Drills.lostPrimary().without(e -> e instanceof Event.Phase p && p.name().equals("collect"));
    forge.write(45_400, returnedMs, "routed@a", null, WriteOutcome.UNKNOWN, null, 0, 0);
    return Drills.readBack(forge, ALL_ACKS);
  }

  @Test
  void theNewMembersFirstWriteIsOneThatWasSentAfterTheInjection() {
    Forge at = Drills.lostPrimary();
    at.write(FAULT, 10_200, "routed@a", null, WriteOutcome.ACKNOWLEDGED, "pg2", 2);
    assertThat(judge(Drills.readBack(at, ALL_ACKS), Drills.target()).parts())
        .containsEntry("routed", new Measured(0, 0, null, "ms"));
    Forge before = Drills.lostPrimary();
    before.write(9_999, 10_200, "routed@a", null, WriteOutcome.ACKNOWLEDGED, "pg2", 2);
    assertThat(judge(Drills.readBack(before, ALL_ACKS), Drills.target()).parts())
        .containsEntry("routed", new Measured(7_990, 8_000, null, "ms"));
  }

  @Test
  void ofAFailureAndAProbeThatReturnTogetherTheFailureIsTold() {
    Forge forge =
        Drills.lostPrimary().without(e -> e instanceof Event.Probed p && p.member().equals("pg1"));
    forge.add(
        new Event.Probed(
            Forge.at(FAULT, FAULT + 24), "pg1", Event.ProbeResult.HUNG, false, 0, 0, 0, null));
    assertThat(judge(Drills.readBack(forge, ALL_ACKS), Drills.target()).parts())
        .containsEntry("detected", new Measured(10, 24, null, "ms"));
  }

  @Test
  void ofSeveralClientsTheWorstIsMeasured() {
    Forge forge = Drills.lostPrimary();
    for (double ms = 5; ms < FAULT; ms += 20) {
      forge.write(ms, ms + 4, "routed@b", null, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    }
    for (double ms = 19_000; ms < END; ms += 20) {
      forge.write(ms, ms + 4, "routed@b", null, WriteOutcome.ACKNOWLEDGED, "pg2", 2);
    }
    Drills.readBack(forge, ALL_ACKS);
    assertThat(measured(forge, Drills.target()).upper()).isEqualTo(9_004);
    forge.each(
        Event.Write.class,
        w ->
            !w.routed()
                ? w
                : new Event.Write(
                    w.at(),
                    0,
                    w.writer().equals("routed@b") ? "routed@0" : w.writer(),
                    "a",
                    null,
                    w.sequence(),
                    w.outcome(),
                    w.member(),
                    w.timeline(),
                    w.lsn(),
                    w.xid(),
                    null,
                    null));
    forge.without(Event.RowsRead.class);
    assertThat(measured(Drills.readBack(forge, ALL_ACKS), Drills.target()).upper())
        .isEqualTo(9_004);
  }
}
