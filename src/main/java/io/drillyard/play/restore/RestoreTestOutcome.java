package io.drillyard.play.restore;

import io.drillyard.check.ControlResult;
import io.drillyard.check.Verdict;
import io.drillyard.check.backup.RestoreRungResult;
import io.drillyard.check.backup.Rung;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a restore test came out, as far as the lab has to know it: whoever did something to the
 * repository tells from it whether that was noticed. Everything else is on the ledger.
 *
 * @param ladder its rungs in their order
 * @param broken the harness itself failed at some rung
 * @param observations remarks that go onto the ledger when it ends
 * @param control of a repository that something was done to; null: nothing was
 */
record RestoreTestOutcome(
    String name,
    List<RestoreRungResult> ladder,
    Verdict verdict,
    boolean broken,
    List<String> observations,
    @Nullable Control control) {
  /**
   * What had to be noticed or overcome.
   *
   * @param words what was done
   * @param rung that has to catch it; of what has to be overcome, the last one
   * @param by every rung that was missed
   */
  record Control(String words, Rung rung, List<Rung> by, ControlResult result) {}

  /** Of a ladder that was climbed just now. */
  RestoreTestOutcome(ProofLadder ladder, List<String> observations) {
    this(
        ladder.terms().name(),
        ladder.rungs(),
        ladder.verdict(),
        ladder.broken(),
        List.copyOf(observations),
        null);
  }

  /** A rung, or null where the ladder has none of that name. */
  @Nullable RestoreRungResult rung(Rung rung) {
    return ladder.stream().filter(c -> c.rung() == rung).findFirst().orElse(null);
  }

  /** Every rung that was missed, in order. */
  List<Rung> missed() {
    return ladder.stream()
        .filter(c -> c.verdict() == Verdict.MISSED)
        .map(RestoreRungResult::rung)
        .toList();
  }

  /** The same, as the control that it was. */
  RestoreTestOutcome as(Control own) {
    return as(own, List.of());
  }

  /** The same, with what was seen around it. */
  RestoreTestOutcome as(Control own, List<String> seen) {
    List<String> all = new ArrayList<>(seen);
    all.addAll(observations);
    return new RestoreTestOutcome(name, ladder, verdict, broken, List.copyOf(all), own);
  }
}
