package io.drillyard.sabotage;

import static org.assertj.core.api.Assertions.assertThat;

import io.drillyard.check.Finding;
import io.drillyard.check.Judge;
import io.drillyard.check.Verdict;
import io.drillyard.declaration.Target;
import io.drillyard.launch.DrillJudging;
import io.drillyard.ledger.Event;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stall of the harness is no outage of the cluster: put into any truthful ledger, at any moment,
 * and written down as such, it may make a verdict UNDETERMINED, never MISSED, and no miss MET.
 */
@Tag("sabotage")
final class StallPropertiesTest {
  private static final long SHORTEST_NS = 100_000_000L;
  private static final long LONGEST_NS = 5_000_000_000L;
  private static final int FORGED = 60;
  private static final int KEPT = 4;

  private final Random random = new Random(20261128);

  @Test
  void aStallInAForgedDrillIsNeverBlamedOnTheCluster() {
    CleanDrills.Shape[] shapes = CleanDrills.Shape.values();
    for (int i = 0; i < FORGED; i++) {
      Clean clean = CleanDrills.of(shapes[i % shapes.length], i);
      stalled(clean, clean.target(), 1);
    }
  }

  @Test
  void aStallInAMissedDrillNeverMakesItMet() {
    CleanDrills.Shape[] shapes = CleanDrills.Shape.values();
    for (int i = 0; i < FORGED; i++) {
      Clean clean = CleanDrills.of(shapes[i % shapes.length], i);
      // Whatever its recovery took is twice too long for this one.
      stalled(clean, hastier(clean), 1);
    }
  }

  @Test
  void aStallInARealDrillIsNeverBlamedOnTheCluster(@TempDir Path folder) {
    for (Clean clean : KeptRun.drills(folder)) {
      stalled(clean, clean.target(), KEPT);
      stalled(clean, hastier(clean), KEPT);
    }
  }

  /** An RTO of half of what was measured: the drill misses it. */
  static Target hastier(Clean clean) {
    double upper =
        clean.findings().stream()
            .filter(f -> f.check().equals("recoveryTime") && f.measured() != null)
            .mapToDouble(f -> f.measured().upper())
            .findFirst()
            .orElseThrow();
    return Edits.rto(clean.target(), java.time.Duration.ofMillis(Math.max(1, (long) upper / 2)));
  }

  private void stalled(Clean clean, Target target, int times) {
    List<Event> told = retold(clean, target);
    List<Finding> before = DrillJudging.findings(told, target);
    long last = clean.of(Event.Closed.class).getFirst().at().startNs();
    for (int n = 0; n < times; n++) {
      long atNs = (long) (random.nextDouble() * last);
      long lengthNs = SHORTEST_NS + (long) (random.nextDouble() * (LONGEST_NS - SHORTEST_NS));
      List<Finding> after = DrillJudging.findings(Stall.in(told, atNs, lengthNs), target);
      String where =
          "%s, %d ms at %d ms".formatted(clean.name(), lengthNs / 1_000_000, atNs / 1_000_000);
      for (int i = 0; i < before.size(); i++) {
        allowed(before.get(i).verdict(), after.get(i).verdict(), where + ": " + after.get(i));
      }
      allowed(Judge.verdict(before, target), Judge.verdict(after, target), where);
    }
  }

  /** The ledger tells the target that it is judged by. */
  private static List<Event> retold(Clean clean, Target target) {
    List<Event> told = new ArrayList<>(clean.events());
    String was = io.drillyard.check.LedgerDeclarations.target(clean.target());
    told.replaceAll(
        e ->
            e instanceof Event.Note n && n.text().equals(was)
                ? new Event.Note(
                    n.at(), n.level(), io.drillyard.check.LedgerDeclarations.target(target))
                : e);
    return told;
  }

  private static void allowed(Verdict before, Verdict after, String where) {
    assertThat(after)
        .as(where)
        .isIn(
            before == Verdict.MET || before == Verdict.MISSED ? before : after,
            Verdict.UNDETERMINED);
    if (before == Verdict.UNDETERMINED) {
      assertThat(after).as(where).isNotEqualTo(Verdict.MISSED);
    }
  }
}
