package io.drillyard.play.restore;

import io.drillyard.ledger.RunPlan;
import io.drillyard.play.PackedArguments;
import io.drillyard.play.tamper.BackupIncident;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the launcher asks a lab for; passed as plain arguments.
 *
 * @param policy name of the declared restore test
 * @param backup that is wanted, in the policy's words
 * @param target that is wanted, in the policy's words
 * @param seed of every choice
 * @param tamperings names of damages, troubles or incidents to try after the clean run; empty:
 *     none; incidents go with nothing else, since they need a source that lives
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
    List<String> tamperings,
    int cleanRuns,
    long keepSeconds,
    long fillMebibytes,
    String runId,
    RunPlan plan) {
  /** The tampering that deletes everything, and brings it back from versions. */
  public static final String RANSOM = "ransom";

  /** The restore over what an earlier one left. */
  public static final String DELTA = "delta";

  /** What the name of a test ends with that comes when something was got over. */
  static final String AFTERWARDS = "-is-over";

  /** What is to befall a source that lives on; empty: it is switched off before the tests. */
  public List<BackupIncident> incidents() {
    return tamperings.stream().map(BackupIncident::called).flatMap(Optional::stream).toList();
  }

  /**
   * Names of all tests, in their order: what can be got over is tested while it lasts, and
   * afterwards.
   */
  public List<String> names() {
    return names(cleanRuns, tamperings);
  }

  /** The same, of so many tests of the undamaged repository and these faults. */
  public static List<String> names(int cleanRuns, List<String> tamperings) {
    List<String> names = new ArrayList<>();
    for (int run = 1; run <= cleanRuns; run++) {
      names.add(clean(run));
    }
    for (String each : tamperings) {
      names.add(each);
      if (each.equals(RANSOM)
          || BackupIncident.called(each).filter(BackupIncident::lasts).isPresent()) {
        names.add(each + AFTERWARDS);
      }
    }
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
