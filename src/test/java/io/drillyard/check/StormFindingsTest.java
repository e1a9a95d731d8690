package io.drillyard.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.declaration.Disruption;
import io.drillyard.declaration.FailoverMode;
import io.drillyard.declaration.Objective;
import io.drillyard.declaration.Rpo;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.WriteOutcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How a storm is judged: by what several faults leave of the promises. */
class StormFindingsTest {
  private static Target target(boolean synchronous) {
    Target drill = Drills.target();
    return new Target(
        drill.context(),
        new Objective(
            Disruption.STORM,
            FailoverMode.AUTOMATIC,
            Duration.ofSeconds(5),
            new Rpo.Transactions(0),
            Duration.ofSeconds(10),
            false),
        drill.outageThreshold(),
        drill.routedRate(),
        drill.leastLoad(),
        drill.steady(),
        synchronous,
        null,
        drill.survivingCluster());
  }

  private static Forge storm(Forge forge) {
    return forge.each(
        Event.Opened.class,
        o ->
            new Event.Opened(
                o.at(),
                o.format(),
                o.runId(),
                o.scenario(),
                o.environment(),
                o.context(),
                Disruption.STORM.word(),
                o.wallClockAnchor(),
                o.versions()));
  }

  private static Finding returned(Forge forge) {
    return Drills.judge(ServiceReturned.NAME, storm(forge), target(true));
  }

  @Test
  void itIsJudgedByTheServiceAfterItsLastHeal() {
    LedgerViews storm = storm(Drills.powerOff()).history();
    assertThat(Judge.applicable(storm, target(true)))
        .contains(ServiceReturned.NAME, DataLoss.NAME, NoSplitBrain.NAME)
        .doesNotContain(RecoveryTime.NAME);
    assertThat(Judge.applicable(storm, target(false))).doesNotContain(DataLoss.NAME);
    LedgerViews drill = Drills.powerOff().history();
    assertThat(Judge.applicable(drill, Drills.target()))
        .contains(RecoveryTime.NAME, DataLoss.NAME)
        .doesNotContain(ServiceReturned.NAME);
  }

  @Test
  void serviceThatWasThereAtTheLastHealIsBackAtOnce() {
    Finding finding = returned(Drills.powerOff());
    assertThat(finding.verdict()).as(finding.summary()).isEqualTo(Verdict.MET);
    assertThat(finding.measured()).isNotNull().satisfies(m -> assertThat(m.upper()).isZero());
  }

  /** Acknowledged up to the fault, and again from a moment after the heal at 30 s. */
  private static Forge backAt(double ms) {
    Forge forge =
        Drills.lostPrimary()
            .without(
                e ->
                    e instanceof Event.Write w
                        && w.routed()
                        && w.at().startNs() >= Drills.BACK * Forge.MS)
            .renumbered();
    forge.failing(Drills.BACK, ms, WriteOutcome.UNKNOWN).routed(ms, Drills.END, "pg2", 2);
    return Drills.readBack(forge.renumbered(), Drills.ALL_ACKS);
  }

  @Test
  void whatTheLastHealTookIsMeasuredFromIt() {
    Finding soon = returned(backAt(Drills.HEAL + 3_000));
    assertThat(soon.verdict()).as(soon.summary()).isEqualTo(Verdict.MET);
    assertThat(soon.measured())
        .isNotNull()
        .satisfies(m -> assertThat(m.upper()).isBetween(3_000.0, 3_100.0));
    Finding late = returned(backAt(Drills.HEAL + 7_000));
    assertThat(late.verdict()).as(late.summary()).isEqualTo(Verdict.MISSED);
  }

  @Test
  void serviceThatNeverReturnsIsMissedOnceTheTimeIsUp() {
    Forge forge =
        Drills.lostPrimary()
            .without(
                e ->
                    e instanceof Event.Write w
                        && w.routed()
                        && w.at().startNs() >= Drills.BACK * Forge.MS);
    forge.failing(Drills.BACK, Drills.END, WriteOutcome.UNKNOWN);
    Finding finding = returned(Drills.readBack(forge.renumbered(), Drills.ALL_ACKS));
    assertThat(finding.verdict()).as(finding.summary()).isEqualTo(Verdict.MISSED);
  }

  @Test
  void withoutTheHealOrTheReadBackNothingIsMet() {
    assertThat(returned(Drills.powerOff().without(Event.Healed.class)).verdict())
        .isEqualTo(Verdict.UNDETERMINED);
    assertThat(returned(Drills.powerOff().without(Event.RowsRead.class)).verdict())
        .isEqualTo(Verdict.UNDETERMINED);
    assertThat(returned(Drills.powerOff().without(Event.Injected.class)).verdict())
        .isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void aFaultThatCouldNotBeInjectedTakesMetAway() {
    Forge forge = storm(Drills.powerOff());
    assertThat(Drills.judge(FaultTookHold.NAME, forge, target(true)).verdict())
        .isEqualTo(Verdict.MET);
    forge.add(
        new Event.Action(
            Forge.at(20_000, 21_000),
            "harness",
            FaultTookHold.NOT_INJECTED,
            "s2",
            "no member holds the leader key"));
    Finding finding = Drills.judge(FaultTookHold.NAME, forge, target(true));
    assertThat(finding.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(finding.summary()).contains("'s2' was not injected", "no member holds");
  }

  @Test
  void twoPrimariesAreCertainBeforeTheLedgerEnds() {
    Forge forge =
        Drills.frozen(28_000)
            .without(Event.Closed.class)
            .without(e -> e.at().startNs() > 26_000 * Forge.MS);
    forge.history(19_000, "pg1", 1);
    forge.history(19_000, "pg2", 2, Drills.FORK);
    assertThat(StormFindings.certain(storm(forge).history(), target(true)))
        .hasValueSatisfying(what -> assertThat(what).contains("split-brain"));
  }

  @Test
  void whatMayStillHaveAnInnocentEndIsNotCertain() {
    Forge unknown =
        Drills.frozen(28_000).without(Event.Closed.class).without(Event.HistorySeen.class);
    assertThat(StormFindings.certain(storm(unknown).history(), target(true))).isEmpty();
    Forge fine = Drills.lostPrimary().without(Event.Closed.class);
    assertThat(StormFindings.certain(storm(fine).history(), target(true))).isEmpty();
    assertThat(StormFindings.certain(new Forge().history(), target(true))).isEmpty();
  }
}
