package io.drillyard.launch;

import io.drillyard.declaration.RestorePolicy;
import io.drillyard.ledger.RunPlan;
import io.drillyard.play.restore.RestoreOrder;
import java.util.List;

/**
 * The restore tests of one declared policy, to be played one after the other in a lab of their own.
 *
 * @param policy as it is declared
 * @param backup that is wanted, in the policy's words
 * @param target that is wanted, in the policy's words
 * @param seed of every choice
 * @param scenarios what befalls the repository, by name; see {@link RestoreOrder}
 * @param cleanRuns how many tests of the undamaged repository
 * @param keepSeconds how long a sandbox that failed is kept; 0: it is removed
 * @param fillMebibytes how much the demonstration's source holds besides its history; 0: nothing
 */
public record PlannedRestoreTests(
    RestorePolicy policy,
    String backup,
    String target,
    long seed,
    List<String> scenarios,
    int cleanRuns,
    long keepSeconds,
    long fillMebibytes) {
  /** As it is declared, once. */
  public static PlannedRestoreTests of(RestorePolicy policy, long seed) {
    return new PlannedRestoreTests(
        policy, policy.backup(), policy.target(), seed, List.of(), 1, 0, 0);
  }

  /** The same, and these scenarios befall the repository. */
  public PlannedRestoreTests suffering(List<String> names) {
    return new PlannedRestoreTests(
        policy, backup, target, seed, names, cleanRuns, keepSeconds, fillMebibytes);
  }

  /** The same to another target. */
  public PlannedRestoreTests to(String other) {
    return new PlannedRestoreTests(
        policy, backup, other, seed, scenarios, cleanRuns, keepSeconds, fillMebibytes);
  }

  /** Names of its tests, in their order. */
  public List<String> names() {
    return RestoreOrder.names(cleanRuns, scenarios);
  }

  /** What a lab is asked for. */
  RestoreOrder order(String runId, RunPlan plan) {
    return new RestoreOrder(
        policy.name(),
        backup,
        target,
        seed,
        scenarios,
        cleanRuns,
        keepSeconds,
        fillMebibytes,
        runId,
        plan);
  }

  /**
   * What the plan of a run says of it.
   *
   * @param number of the part in the run, from 1
   */
  RunPlan.Restore planned(int number) {
    return new RunPlan.Restore(
        // A path that every locale can name.
        "restore/%02d-%s".formatted(number, policy.name().replaceAll("[^A-Za-z0-9_-]+", "-")),
        policy.name(),
        policy.environment().name(),
        names());
  }
}
