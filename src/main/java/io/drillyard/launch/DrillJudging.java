package io.drillyard.launch;

import io.drillyard.check.ControlResult;
import io.drillyard.check.Finding;
import io.drillyard.check.Judge;
import io.drillyard.check.LedgerDeclarations;
import io.drillyard.check.LedgerViews;
import io.drillyard.check.PerEpisodeLedger;
import io.drillyard.check.Verdict;
import io.drillyard.check.repeat.RepeatDistribution;
import io.drillyard.declaration.Target;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.RestoreTest;
import io.drillyard.evidence.RunStudy;
import io.drillyard.ledger.Event;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From a ledger and a target to findings; the same for a fresh run and for a stored one. */
public final class DrillJudging {
  private static final String UNDECIDED = ControlResult.UNDETERMINED.word();

  private DrillJudging() {}

  /** Findings of every check that applies. */
  public static List<Finding> findings(List<Event> events, Target target) {
    LedgerViews history = new LedgerViews(events);
    return Judge.judge(Judge.applicable(history, target), history, target);
  }

  /** CAUGHT, NOT CAUGHT or UNDETERMINED; empty for an ordinary drill. */
  public static String control(List<Finding> findings, Target target) {
    ControlResult result = Judge.control(findings, target);
    return result == null ? "" : result.word();
  }

  /**
   * A drill, or an episode of one, with the findings, verdict and control result that its ledger
   * has now.
   *
   * @param ledger the whole of it
   */
  public static Evidence.Drill judged(Evidence.Drill drill, List<Event> ledger) {
    List<Event> events = PerEpisodeLedger.view(ledger, drill.episodeNumber());
    List<Finding> findings = findings(events, drill.target());
    Evidence.Control control = drill.control();
    // A record that calls a drill a control in one place only would be judged by whichever suits.
    boolean agreed =
        Objects.equals(drill.target().control(), control == null ? null : control.check());
    Verdict verdict = Judge.verdict(findings, drill.target());
    boolean whole = drill.end().equals(RunCompletion.COMPLETE);
    String result = agreed ? control(findings, drill.target()) : UNDECIDED;
    return drill.judged(
        agreed ? verdict.given(whole) : Verdict.UNDETERMINED,
        control == null ? null : new Evidence.Control(control.check(), result, control.why()),
        findings,
        exercises(drill, events));
  }

  /** As the ledger tells it, where it does: the record may have been written by anybody. */
  private static @Nullable Boolean exercises(Evidence.Drill drill, List<Event> events) {
    Boolean told = LedgerDeclarations.exercises(new LedgerViews(events));
    return told == null ? drill.exercises() : told;
  }

  /**
   * The verdict of a run: MISSED if a target was missed or a backup was not proven by what was
   * shown, else UNDETERMINED if any drill, restore test or control is not what it must be, else
   * MET. Controls fill no target's cell, but one that was not caught leaves the run undetermined:
   * its judge cannot be trusted. With controls alone, or with drills alone that exercise no
   * declared disruption, no target was tried, and none is met.
   *
   * <p>Drills whose targets declare a share are judged together; recovery that is slower than a
   * baseline's is MISSED, a comparison without enough runs UNDETERMINED.
   */
  public static Verdict run(
      List<Evidence.Drill> drills, List<RestoreTest> tests, @Nullable RunStudy study) {
    Verdict outcome = outcome(drills, tests, study);
    boolean tried =
        drills.stream().anyMatch(Evidence.Drill::fillsCell)
            || tests.stream().anyMatch(t -> t.control() == null);
    return outcome.given(tried);
  }

  /** The same, of drills alone. */
  public static Verdict run(List<Evidence.Drill> drills, @Nullable RunStudy study) {
    return run(drills, List.of(), study);
  }

  /** What came of all that was asked for, whether or not it tries a declared target. */
  static Verdict outcome(
      List<Evidence.Drill> drills, List<RestoreTest> tests, @Nullable RunStudy study) {
    Verdict compared = study == null ? Verdict.MET : study.compared();
    boolean undetermined = compared != Verdict.MET || (drills.isEmpty() && tests.isEmpty());
    boolean missed = compared == Verdict.MISSED;
    for (RestoreTest test : tests) {
      boolean plain = test.control() == null;
      missed |= plain && test.verdict() == Verdict.MISSED;
      undetermined |= plain ? test.verdict() != Verdict.MET : !test.asItShould();
    }
    for (Evidence.Drill drill : drills) {
      Evidence.Control control = drill.control();
      if (control != null) {
        undetermined |= !control.result().equals(ControlResult.CAUGHT.word());
        continue;
      }
      RepeatDistribution together = study == null ? null : study.distribution(drill);
      boolean shared = together != null && together.share() != null;
      Verdict verdict = shared && together != null ? together.verdict() : drill.verdict();
      missed |= verdict == Verdict.MISSED;
      undetermined |= verdict != Verdict.MET;
    }
    return missed ? Verdict.MISSED : undetermined ? Verdict.UNDETERMINED : Verdict.MET;
  }
}
