package io.drillyard.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Verdict;
import io.drillyard.evidence.Evidence;
import io.drillyard.evidence.ForgedRun;
import io.drillyard.ledger.RunPlan;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How a run ended follows from its drills and its plan, and is believed no further than that. */
final class RunCompletionTest {
  private static final RunPlan WHOLE = plan(RunPlan.Kind.WHOLE, 2);
  private static final RunPlan STORM = plan(RunPlan.Kind.STORM, 1);
  private static final RunPlan OPEN = plan(RunPlan.Kind.OPEN, 0);

  private static RunPlan plan(RunPlan.Kind kind, int drills) {
    RunPlan.Entry entry = new RunPlan.Entry("f", "s", "e", "c", "d", "");
    List<RunPlan.Entry> entries = java.util.Collections.nCopies(drills, entry);
    return new RunPlan(kind, 9, "", Map.of(), Map.of(), Map.of(), List.of(), entries);
  }

  private static List<Evidence.Drill> drills(String... ends) {
    Evidence.Drill d = ForgedRun.drills().getFirst();
    return Stream.of(ends)
        .map(
            end ->
                new Evidence.Drill(
                    d.scenario(),
                    d.title(),
                    d.claim(),
                    d.context(),
                    d.disruption(),
                    d.environment(),
                    Verdict.UNDETERMINED,
                    null,
                    d.target(),
                    List.of(),
                    d.folder(),
                    "",
                    "",
                    0,
                    end,
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    "",
                    Map.of(),
                    List.of(),
                    List.of()))
        .toList();
  }

  @Test
  void itFollowsFromTheDrillsAndThePlan() {
    assertThat(RunCompletion.of(WHOLE, drills("complete", "complete"), List.of(), false))
        .isEqualTo("complete");
    assertThat(RunCompletion.of(WHOLE, drills("complete"), List.of(), false))
        .isEqualTo("interrupted");
    assertThat(RunCompletion.of(WHOLE, drills("complete", "interrupted"), List.of(), false))
        .isEqualTo("interrupted");
    assertThat(RunCompletion.of(WHOLE, drills("complete", "failed"), List.of(), false))
        .isEqualTo("failed");
    assertThat(RunCompletion.of(WHOLE, drills("complete", "failed"), List.of(), true))
        .isEqualTo("interrupted");
  }

  @Test
  void anEndThatWasAskedForWhenAllWasOverChangesNothing() {
    assertThat(RunCompletion.of(WHOLE, drills("complete", "complete"), List.of(), true))
        .isEqualTo("complete");
    assertThat(RunCompletion.of(STORM, drills("complete"), List.of(), true))
        .isEqualTo("interrupted");
    assertThat(RunCompletion.of(OPEN, drills("complete"), List.of(), true))
        .isEqualTo("interrupted");
  }

  @Test
  void aRecordIsBelievedNoFurther() {
    assertThat(RunCompletion.agrees("complete", WHOLE, drills("complete", "complete"), List.of()))
        .isTrue();
    assertThat(RunCompletion.agrees("complete", WHOLE, drills("complete"), List.of())).isFalse();
    assertThat(RunCompletion.agrees("complete", WHOLE, drills("complete", "failed"), List.of()))
        .isFalse();
    assertThat(RunCompletion.agrees("failed", WHOLE, drills("complete", "complete"), List.of()))
        .isFalse();
    assertThat(
            RunCompletion.agrees("interrupted", WHOLE, drills("complete", "complete"), List.of()))
        .isFalse();
    assertThat(RunCompletion.agrees("interrupted", STORM, drills("complete"), List.of())).isTrue();
    assertThat(
            RunCompletion.agrees("complete", STORM, drills("complete", "interrupted"), List.of()))
        .isFalse();
  }
}
