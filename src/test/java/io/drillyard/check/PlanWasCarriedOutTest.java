package io.drillyard.check;

import static io.drillyard.check.Verdict.MET;
import static io.drillyard.check.Verdict.MISSED;
import static io.drillyard.check.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.declaration.FailoverMode;
import io.drillyard.ledger.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A wait in vain takes MET away, by name, unless the plan said that it may fail. */
final class PlanWasCarriedOutTest {
  private static final String CHECK = "planWasCarriedOut";

  private static Forge waited(boolean fulfilled, @Nullable String mayFail) {
    return Drills.powerOff()
        .add(
            new Event.Awaited(
                Forge.at(11_000, 16_000), "another member leads", fulfilled, 1, "", mayFail));
  }

  private static Verdict drill(Forge forge) {
    LedgerViews history = forge.history();
    return Judge.verdict(
        Judge.judge(Judge.applicable(history, Drills.target()), history, Drills.target()));
  }

  @Test
  void aWaitInVainTakesMetAwayByName() {
    assertThat(drill(waited(true, null))).isEqualTo(MET);
    assertThat(Drills.why(CHECK, waited(false, null), Drills.target()))
        .isEqualTo("waited 5.000 s in vain until another member leads");
    assertThat(drill(waited(false, null))).isEqualTo(UNDETERMINED);
  }

  @Test
  void itTakesNoProvedMissAwayNorACaughtControl() {
    LedgerViews history = waited(false, null).history();
    assertThat(Judge.judge(List.of("recoveryTime", CHECK), history, Drills.rto(1_000)))
        .extracting(Finding::verdict)
        .startsWith(MISSED, UNDETERMINED);
    var control =
        Drills.target(
            1_000, Drills.target().objective().rpo(), true, FailoverMode.AUTOMATIC, "recoveryTime");
    var findings = Judge.judge(Judge.applicable(history, control), history, control);
    assertThat(Judge.control(findings, control)).isEqualTo(ControlResult.CAUGHT);
  }

  @Test
  void thePlanMaySayBeforehandThatItMayFail() {
    Event said =
        new Event.Note(
            Forge.at(1, 1), "info", LedgerDeclarations.plan(List.of("which may fail: it is slow")));
    Finding finding = Drills.judge(CHECK, waited(false, "it is slow").add(said), Drills.target());
    assertThat(finding.verdict()).isEqualTo(MET);
    assertThat(finding.details())
        .containsExactly(
            "waited 5.000 s in vain until another member leads, which may fail: it is slow");
    // Said by nobody beforehand, or only afterwards, it is no excuse.
    assertThat(Drills.judge(CHECK, waited(false, "it is slow"), Drills.target()).verdict())
        .isEqualTo(UNDETERMINED);
    Event late =
        new Event.Note(
            Forge.at(44_000, 44_000),
            "info",
            LedgerDeclarations.plan(List.of("which may fail: it is slow")));
    assertThat(
            Drills.judge(CHECK, waited(false, "it is slow").add(late), Drills.target()).verdict())
        .isEqualTo(UNDETERMINED);
    Event plan =
        new Event.Note(
            Forge.at(1, 1), "info", LedgerDeclarations.plan(List.of("which may fail: no such")));
    Finding unplanned = Drills.judge(CHECK, waited(false, "it is slow").add(plan), Drills.target());
    assertThat(unplanned.verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  void olderLedgersAreJudgedByItWhereTheyTellOfAWaitInVain() {
    assertThat(Judge.applicable(waited(true, null).format(5).history())).doesNotContain(CHECK);
    assertThat(Judge.applicable(waited(false, null).format(5).history())).contains(CHECK);
    assertThat(Judge.applicable(waited(true, null).history())).contains(CHECK);
  }

  @Test
  void whatThePlanWaitsForHasToBeWaitedFor() {
    Event plan =
        new Event.Note(
            Forge.at(1, 1),
            "info",
            LedgerDeclarations.plan(
                List.of("load runs", "wait until it leads", "wait until all stream")));
    assertThat(Drills.judge(CHECK, waited(true, null).add(plan), Drills.target()).summary())
        .isEqualTo("the plan waits 2 times, and only 1 waits were made");
  }
}
