package io.drillyard.check;

import static io.drillyard.check.Drills.ALL_ACKS;
import static io.drillyard.check.Drills.BACK;
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

final class RecoveryTimeTest {
  private static Finding judge(Forge forge, Target target) {
    return Drills.judge("recoveryTime", forge, target);
  }

  private static Measured measured(Finding finding) {
    return Objects.requireNonNull(finding.measured());
  }

  @Test
  void intervalRunsFromSentOfTheFirstRecoveredAckToItsReturn() {
    Finding finding = judge(Drills.powerOff(), Drills.target());
    assertThat(finding.verdict()).isEqualTo(MET);
    // sent 18000 - injection end 10010; returned 18004 - injection start 10000
    assertThat(measured(finding).lower()).isEqualTo(7990);
    assertThat(measured(finding).upper()).isEqualTo(8004);
    assertThat(measured(finding).limit()).isEqualTo(20_000);
  }

  @Test
  void aLateFailureRaisesTheLowerBound() {
    Forge forge = Drills.lostPrimary();
    forge.write(17_000, 18_002, "routed@a", null, WriteOutcome.UNKNOWN, null, 0, 0);
    Finding finding = judge(Drills.readBack(forge, ALL_ACKS), Drills.target());
    assertThat(measured(finding).lower()).isEqualTo(7992);
  }

  @Test
  void aFailureSentBeforeTheInjectionRaisesNothing() {
    Forge forge = Drills.lostPrimary();
    forge.write(9_999, 18_002, "routed@a", null, WriteOutcome.UNKNOWN, null, 0, 0);
    Finding finding = judge(Drills.readBack(forge, ALL_ACKS), Drills.target());
    assertThat(measured(finding).lower()).isEqualTo(7990);
  }

  @Test
  void targetBelowTheIntervalIsMissedAboveIsMetInsideIsUndetermined() {
    assertThat(judge(Drills.powerOff(), Drills.rto(7_989)).verdict()).isEqualTo(MISSED);
    assertThat(judge(Drills.powerOff(), Drills.rto(7_990)).verdict()).isEqualTo(UNDETERMINED);
    assertThat(judge(Drills.powerOff(), Drills.rto(8_003)).verdict()).isEqualTo(UNDETERMINED);
    assertThat(judge(Drills.powerOff(), Drills.rto(8_004)).verdict()).isEqualTo(MET);
  }

  @Test
  void aDoomedPrimarysAcknowledgementsAreNoService() {
    Forge forge = Drills.lostPrimary();
    for (double ms = FAULT + 25; ms < 16_000; ms += 50) {
      forge.write(ms, ms + 4, "routed@a", null, WriteOutcome.ACKNOWLEDGED, "pg1", 1);
    }
    Drills.readBack(
        forge,
        w ->
            w.acknowledged() && !("pg1".equals(w.member()) && w.at().startNs() > FAULT * Forge.MS));
    assertThat(measured(judge(forge, Drills.target())).upper()).isEqualTo(8004);
  }

  @Test
  void noOutageIsZeroAndSaidSo() {
    Forge forge = Drills.lostPrimary().without(w -> isRoutedFrom(w, 0)).renumbered();
    forge.routed(0, END, "pg1", 1);
    Finding finding = judge(Drills.readBack(forge, ALL_ACKS), Drills.target());
    assertThat(finding.verdict()).isEqualTo(MET);
    assertThat(measured(finding)).isEqualTo(new Measured(0, 0, 20_000.0, "ms"));
    assertThat(finding.summary()).contains("no outage");
  }

  private static boolean isRoutedFrom(Event event, double ms) {
    return event instanceof Event.Write w && w.routed() && w.at().startNs() >= ms * Forge.MS;
  }

  @Test
  void theLastOutageCountsNotTheFirstAckAfterTheFault() {
    Forge forge = Drills.lostPrimary();
    forge.without(e -> isRoutedFrom(e, 20_000) && !isRoutedFrom(e, 25_000)).renumbered();
    Finding finding = judge(Drills.readBack(forge, ALL_ACKS), Drills.target());
    assertThat(measured(finding).upper()).isEqualTo(15_004);
  }

  @Test
  void anOutageThatBeginsAfterTheHealIsTimedFromTheHeal() {
    Forge forge = Drills.lostPrimary();
    forge.without(e -> isRoutedFrom(e, 31_000) && !isRoutedFrom(e, 41_000));
    Forge silent = copy(forge).renumbered();
    forge.failing(31_000, 41_000, WriteOutcome.REFUSED).renumbered();
    Finding finding = judge(Drills.readBack(forge, ALL_ACKS), Drills.rto(9_000));
    assertThat(finding.verdict()).isEqualTo(MISSED);
    assertThat(measured(finding).upper()).isEqualTo(11_004);
    assertThat(finding.parts()).containsKey("outage-after-heal");
    // Where the client did not even try, that is no outage for certain, and none is excluded.
    Finding untried = judge(Drills.readBack(silent, ALL_ACKS), Drills.rto(9_000));
    assertThat(untried.verdict()).isEqualTo(UNDETERMINED);
    assertThat(measured(untried).upper()).isEqualTo(11_004);
  }

  private static Forge copy(Forge forge) {
    Forge copy = new Forge();
    forge.events().forEach(copy::add);
    return copy;
  }

  @Test
  void writesThatWereDueAndSentLateAreNoOutageEither() {
    Forge forge = Drills.lostPrimary();
    forge.without(e -> isRoutedFrom(e, 25_000) && !isRoutedFrom(e, 27_000));
    for (double due = 25_010; due < 27_000; due += 20) {
      forge.add(
          new Event.Write(
              Forge.at(27_000, 27_004),
              (long) (due * Forge.MS),
              "routed@a",
              "a",
              null,
              1,
              WriteOutcome.ACKNOWLEDGED,
              "pg2",
              2,
              Forge.lsn(27_000),
              1,
              null,
              null));
    }
    Finding finding = judge(Drills.readBack(forge.renumbered(), ALL_ACKS), Drills.rto(15_000));
    assertThat(finding.verdict()).isEqualTo(UNDETERMINED);
    // One that hangs for as long was sent, and shows that it was not served.
    Forge hung = Drills.lostPrimary();
    hung.without(e -> isRoutedFrom(e, 25_000) && !isRoutedFrom(e, 27_000));
    hung.write(25_000, 26_990, "routed@a", null, WriteOutcome.UNKNOWN, null, 0, 0).renumbered();
    assertThat(judge(Drills.readBack(hung, ALL_ACKS), Drills.rto(15_000)).verdict())
        .isEqualTo(MISSED);
  }

  @Test
  void neverRecoveredIsMissedOnlyBeyondTheTarget() {
    Forge forge = Drills.lostPrimary().without(e -> isRoutedFrom(e, FAULT)).renumbered();
    forge.failing(FAULT + 20, END, WriteOutcome.REFUSED);
    Drills.readBack(forge, ALL_ACKS);
    assertThat(judge(forge, Drills.rto(30_000)).verdict()).isEqualTo(MISSED);
    assertThat(judge(forge, Drills.rto(40_000)).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void recoveryOnlyAfterTheHealIsNotMetWhereServiceMustReturnWhileHeld() {
    Forge forge = Drills.lostPrimary().without(e -> isRoutedFrom(e, FAULT)).renumbered();
    forge.failing(FAULT + 20, HEAL, WriteOutcome.REFUSED).routed(HEAL + 40, END, "pg2", 2);
    Drills.readBack(forge, ALL_ACKS);
    assertThat(judge(forge, Drills.rto(60_000)).verdict()).isEqualTo(UNDETERMINED);
    assertThat(judge(forge, Drills.rto(15_000)).verdict()).isEqualTo(MISSED);
  }

  @Test
  void rtoRunsFromTheHealWhereNoServiceIsExpectedWhileHeld() {
    Forge forge = Drills.lostPrimary().without(e -> isRoutedFrom(e, FAULT)).renumbered();
    forge
        .failing(FAULT + 20, HEAL + 2_000, WriteOutcome.REFUSED)
        .routed(HEAL + 2_000, END, "pg2", 2);
    Drills.readBack(forge, ALL_ACKS);
    Target target =
        Drills.target(5_000, new Rpo.Transactions(0), false, FailoverMode.AUTOMATIC, null);
    Finding finding = judge(forge, target);
    assertThat(finding.verdict()).isEqualTo(MET);
    assertThat(measured(finding).lower()).isEqualTo(1_990);
    assertThat(measured(finding).upper()).isEqualTo(2_004);
    // From the injection until the heal began, nothing was served.
    Measured held = finding.parts().get("outage-while-held");
    assertThat(Objects.requireNonNull(held).upper()).isEqualTo(20_000);
    assertThat(judge(forge.without(Event.Healed.class), target).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void withoutReadBackNothingIsKnownToSurvive() {
    assertThat(judge(Drills.lostPrimary(), Drills.target()).verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void aStalledHarnessWidensTheInterval() {
    Forge forge = Drills.powerOff();
    forge.add(new Event.Stalled(Forge.at(17_900, 18_001), 100 * Forge.MS));
    Finding finding = judge(forge, Drills.rto(7_989));
    assertThat(measured(finding).lower()).isEqualTo(7_890);
    assertThat(finding.verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void aShortStallFarFromBothEndsWidensNothingAndALongOneTheLowerEnd() {
    Forge forge = Drills.powerOff();
    forge.add(new Event.Stalled(Forge.at(13_000, 13_049), 49 * Forge.MS));
    assertThat(measured(judge(forge, Drills.target())).lower()).isEqualTo(7_990);
    forge.add(new Event.Stalled(Forge.at(14_000, 15_000), 1_000 * Forge.MS));
    assertThat(measured(judge(forge, Drills.target())).lower()).isEqualTo(6_990);
    assertThat(measured(judge(forge, Drills.target())).upper()).isEqualTo(8_004);
  }

  @Test
  void aStallAtTheInjectionRaisesTheUpperBound() {
    Forge forge = Drills.powerOff();
    forge.add(new Event.Stalled(Forge.at(10_005, 10_025), 20 * Forge.MS));
    assertThat(measured(judge(forge, Drills.target())).upper()).isEqualTo(8_024);
  }

  @Test
  void preparationIsNotTheInjection() {
    Forge forge = Drills.powerOff();
    forge.injected(5_500, 5_600, "prepare-lag", "cut", "network");
    forge.healed(20_000, 20_010, "prepare-lag");
    assertThat(measured(judge(forge, Drills.target())).upper()).isEqualTo(8_004);
  }

  @Test
  void partsAreMeasuredFromTheInjection() {
    Finding finding = judge(Drills.powerOff(), Drills.target());
    assertThat(finding.parts())
        .containsEntry("lease-expired", new Measured(5_990, 6_001, null, "ms"))
        .containsEntry("promoted", new Measured(7_490, 7_504, null, "ms"))
        .containsEntry("routed", new Measured(7_990, 8_000, null, "ms"))
        .containsEntry("first-commit", new Measured(7_990, 8_004, null, "ms"))
        .containsEntry("detected", new Measured(0, 4, null, "ms"))
        .containsEntry("longest-gap", new Measured(8_020, 8_020, null, "ms"))
        .containsEntry("total-unavailability", new Measured(8_016, 8_024, null, "ms"))
        .containsEntry("outage-while-held", new Measured(8_004, 8_004, null, "ms"));
  }

  @Test
  void withoutAnyAttemptAfterTheFaultNothingIsDecided() {
    Forge forge = Drills.lostPrimary().without(e -> isRoutedFrom(e, FAULT)).renumbered();
    Drills.readBack(forge, ALL_ACKS);
    assertThat(judge(forge, Drills.target()).verdict()).isEqualTo(UNDETERMINED);
    assertThat(BACK).isGreaterThan(FAULT);
  }

  @Test
  void withoutFaultThereIsNothingToRecoverFrom() {
    Forge forge = Drills.powerOff().without(Event.Injected.class);
    assertThat(judge(forge, Drills.target()).verdict()).isEqualTo(UNDETERMINED);
  }
}
