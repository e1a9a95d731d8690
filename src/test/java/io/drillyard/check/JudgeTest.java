package io.drillyard.check;

import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.declaration.FailoverMode;
import io.drillyard.declaration.Rpo;
import io.drillyard.declaration.Target;
import io.drillyard.ledger.Event;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JudgeTest {
  private static List<Finding> judge(Forge forge) {
    LedgerViews views = forge.history();
    return Judge.judge(Judge.applicable(views, Drills.target()), views, Drills.target());
  }

  private static Finding finding(String check, Verdict verdict) {
    return new Finding(check, verdict, null, null, "", List.of(), Map.of());
  }

  private static Target control(String check) {
    return Drills.target(20_000, new Rpo.Transactions(0), true, FailoverMode.AUTOMATIC, check);
  }

  @Test
  void aSoundFailoverMeetsEverything() {
    assertThat(judge(Drills.powerOff())).allMatch(f -> f.verdict() == MET, "MET");
    assertThat(Judge.verdict(judge(Drills.powerOff()))).isEqualTo(MET);
  }

  @Test
  void missedOutranksUndeterminedOutranksMet() {
    Finding met = finding("a", MET);
    Finding open = finding("b", UNDETERMINED);
    Finding missed = finding("c", MISSED);
    assertThat(Judge.verdict(List.of(met, open, missed))).isEqualTo(MISSED);
    assertThat(Judge.verdict(List.of(open, met))).isEqualTo(UNDETERMINED);
    assertThat(Judge.verdict(List.of(met))).isEqualTo(MET);
    assertThat(Judge.verdict(List.of())).isEqualTo(UNDETERMINED);
  }

  @Test
  void aNameThatNoCheckBearsIsUndeterminedNotLeftOut() {
    List<Finding> findings =
        Judge.judge(List.of("dataLos"), Drills.powerOff().history(), Drills.target());
    assertThat(findings)
        .extracting(Finding::check)
        .containsExactly("dataLos", "clockWasSteady", "ledgerIsSound");
    assertThat(Judge.verdict(findings)).isEqualTo(UNDETERMINED);
  }

  @Test
  void aControlIsCaughtOnlyWithFaultAndLoadProved() {
    Finding fault = finding("faultTookHold", MET);
    Finding load = finding("loadWasAdequate", MET);
    Finding missed = finding("noSplitBrain", MISSED);
    Finding met = finding("noSplitBrain", MET);
    Target control = control("noSplitBrain");
    assertThat(Judge.control(List.of(fault, load, missed), control))
        .isEqualTo(ControlResult.CAUGHT);
    assertThat(Judge.control(List.of(fault, load, met), control))
        .isEqualTo(ControlResult.NOT_CAUGHT);
    assertThat(Judge.control(List.of(fault, missed), control))
        .isEqualTo(ControlResult.UNDETERMINED);
    assertThat(Judge.control(List.of(load, met), control)).isEqualTo(ControlResult.UNDETERMINED);
    assertThat(Judge.control(List.of(fault, load), control)).isEqualTo(ControlResult.UNDETERMINED);
    assertThat(Judge.control(List.of(fault, load, met), Drills.target())).isNull();
    assertThat(Judge.verdict(List.of(fault, load, missed), control)).isEqualTo(MISSED);
    assertThat(ControlResult.NOT_CAUGHT.word()).isEqualTo("NOT CAUGHT");
  }

  @Test
  void theFrozenControlIsCaught() {
    Forge forge = Drills.frozen(30_000);
    Drills.readBack(forge, w -> w.acknowledged() && w.routed());
    Target control = control("noSplitBrain");
    List<Finding> findings =
        Judge.judge(Judge.applicable(forge.history()), forge.history(), control);
    assertThat(Judge.control(findings, control)).isEqualTo(ControlResult.CAUGHT);
  }

  @Test
  void aLedgerThatWasCutOffIsNeverMet() {
    for (Forge forge :
        List.of(
            Drills.powerOff().without(Event.Closed.class),
            Drills.powerOff().without(Event.Closed.class).closed(47_000, "interrupted"),
            Drills.powerOff().without(Event.Opened.class),
            Drills.powerOff().opened(0),
            Drills.powerOff().closed(47_000, "complete"),
            Drills.powerOff().healed(20_000, 20_010, "never-injected"),
            Drills.powerOff().injected(20_000, 20_010, "loss", "cut", "network"),
            Drills.powerOff().witnessed(20_000, "never-injected", true, true),
            Drills.powerOff().phase(20_000, "steady"),
            Drills.powerOff().phase(48_000, "after-the-end"),
            Drills.powerOff().without(Event.Topology.class),
            Drills.powerOff().key(1_000, "ghost", 7),
            Drills.powerOff().without(Event.WallClock.class))) {
      assertThat(judge(forge)).noneMatch(f -> f.verdict() == MET && !integrity(f));
    }
  }

  /** One of the two may be met while the other is not. */
  private static boolean integrity(Finding finding) {
    return finding.check().equals("clockWasSteady") || finding.check().equals("ledgerIsSound");
  }

  @Test
  void aCutOffLedgerStillProvesAMiss() {
    Forge forge = Drills.frozen(30_000).without(Event.Closed.class);
    Drills.readBack(forge, w -> w.acknowledged() && w.routed());
    assertThat(Drills.judge("noSplitBrain", forge, Drills.target()).verdict()).isEqualTo(MISSED);
  }

  @Test
  void aJumpOfTheClockUndoesEvenAMissButNotTwoPrimaries() {
    Forge forge = Drills.frozen(30_000);
    Drills.readBack(forge, w -> w.acknowledged() && w.routed());
    forge.each(Event.WallClock.class, c -> jumped(c, 501));
    assertThat(judge(forge))
        .filteredOn(f -> f.verdict() == MISSED)
        .extracting(Finding::check)
        .containsExactly("noSplitBrain");
    Forge slow = Drills.powerOff().each(Event.WallClock.class, c -> jumped(c, 501));
    assertThat(Drills.judge("recoveryTime", slow, Drills.rto(1_000)).verdict())
        .isEqualTo(UNDETERMINED);
    assertThat(Drills.judge("clockWasSteady", forge, Drills.target()).verdict())
        .isEqualTo(UNDETERMINED);
    Forge slew = Drills.powerOff().each(Event.WallClock.class, c -> jumped(c, 500));
    assertThat(Judge.verdict(judge(slew))).isEqualTo(MET);
    Forge back = Drills.powerOff().each(Event.WallClock.class, c -> jumped(c, -501));
    assertThat(Judge.verdict(judge(back))).isEqualTo(UNDETERMINED);
  }

  private static Event.WallClock jumped(Event.WallClock clock, long ms) {
    return clock.at().startNs() < 20_000 * Forge.MS
        ? clock
        : new Event.WallClock(clock.at(), clock.epochNs() + ms * Forge.MS);
  }

  @Test
  void aClockThatNobodyWatchedAfterTheFaultIsUndetermined() {
    Forge forge =
        Drills.powerOff()
            .without(e -> e instanceof Event.WallClock && e.at().startNs() > 20_000 * Forge.MS);
    assertThat(Judge.verdict(judge(forge))).isEqualTo(UNDETERMINED);
  }

  @Test
  @SuppressWarnings("NullAway")
  void noLedgerMakesACheckThrow() {
    Forge forge = Drills.powerOff();
    forge.add(new Event.RowsRead(Forge.at(46_500, 46_501), null, null, 0, 0, null));
    forge.add(new Event.Standbys(Forge.at(44_990, 44_991), "pg2", 1, null));
    forge.add(new Event.Topology(Forge.at(1, 1), null, null, null, false, "memory"));
    assertThat(judge(forge)).hasSize(13).noneMatch(f -> f.verdict() == MET);
  }
}
