package io.drillyard.play.restore;

import io.drillyard.ledger.RunPlan;
import io.drillyard.play.PackedArguments;
import io.drillyard.scenario.RestoreDrill;
import io.drillyard.scenario.Scenarios;
import java.util.ArrayList;
import java.util.List;

/**
 * What the launcher asks a lab for; passed as plain arguments.
 *
 * @param policy name of the declared restore test
 * @param backup that is wanted, in the policy's words
 * @param target that is wanted, in the policy's words
 * @param seed of every choice
 * @param scenarios names of what is to befall the repository after the clean run; empty: nothing;
 *     those of a source that lives on go with no others
 * @param cleanRuns how many tests of the undamaged repository
 * @param keepSeconds how long a sandbox that failed is kept for looking; 0: it is removed
 * @param fillMebibytes how much the demonstration's source holds besides its history; 0: nothing
 * @param runId of the whole run
 * @param plan what the whole run is to be, for the ledgers
 */
public record RestoreOrder(
    String policy,
    String backup,
    String target,
    long seed,
    List<String> scenarios,
    int cleanRuns,
    long keepSeconds,
    long fillMebibytes,
    String runId,
    RunPlan plan) {
  /** What is to befall the repository or its source, in this order. */
  public List<RestoreDrill> drills() {
    return scenarios.stream().map(RestoreOrder::named).toList();
  }

  private static RestoreDrill named(String name) {
    return Scenarios.restoreDrill(name)
        .orElseThrow(() -> new IllegalArgumentException("no restore scenario '" + name + "'"));
  }

  /** True when the source has to live on during all tests. */
  public boolean sourceLives() {
    return drills().stream().anyMatch(RestoreDrill::sourceLives);
  }

  /**
   * Names of all tests, in their order: what can be got over is tested while it lasts, and
   * afterwards.
   */
  public List<String> names() {
    return names(cleanRuns, scenarios);
  }

  /** The same, of so many tests of the undamaged repository and these scenarios. */
  public static List<String> names(int cleanRuns, List<String> scenarios) {
    List<String> names = new ArrayList<>();
    for (int run = 1; run <= cleanRuns; run++) {
      names.add(clean(run));
    }
    scenarios.forEach(each -> names.addAll(named(each).tests()));
    return names;
  }

  /** What a test of the undamaged repository is called, the first, the second … */
  static String clean(int run) {
    return run == 1 ? "clean" : "clean-" + run;
  }

  /** How many tests that makes. */
  public int tests() {
    return names().size();
  }

  /** As arguments. */
  public List<String> arguments() {
    return PackedArguments.of(this);
  }

  /** From arguments. */
  public static RestoreOrder of(List<String> arguments) {
    return PackedArguments.read(arguments, RestoreOrder.class);
  }
}
