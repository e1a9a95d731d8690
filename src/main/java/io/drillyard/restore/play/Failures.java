package io.drillyard.restore.play;

import io.drillyard.check.Finding;
import io.drillyard.check.backup.Judged;
import io.drillyard.check.backup.Lack;
import io.drillyard.check.backup.Rung;
import io.drillyard.host.CommandResult;
import io.drillyard.target.Durations;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which failures of a step lie on our side: then it is undecided, and says nothing of the data. */
final class Failures {
  /** Status of what was killed: by its limit where that had passed, else by somebody. */
  private static final int KILLED = 137;

  private final Sandbox sandbox;

  Failures(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /**
   * Of a step that was cut off: it says nothing of the backup.
   *
   * @param step a noun with its article
   */
  Finding atItsLimit(Rung rung, String step) {
    return Judged.undetermined(
        rung,
        "%s ended at its limit: the whole test's is %s, and that was over. What it had not come to is not known. Remedy: a longer 'limit' in the policy, or none: then it follows from the size."
            .formatted(step, Durations.format(sandbox.whole())));
  }

  /** Of a step that was killed; null: it was not. */
  @Nullable Finding killed(Rung rung, String step, CommandResult said) {
    if (said.exit() != KILLED) {
      return null;
    }
    return sandbox.over()
        ? atItsLimit(rung, step)
        : Judged.undetermined(
            rung, step + " was killed before its end, and not by its limit: is memory short here?");
  }

  /** What of a failed step lies on our side; null: nothing that is known, so it is the data's. */
  @Nullable Finding ours(Rung rung, String step, CommandResult said) {
    Finding killed = killed(rung, step, said);
    if (killed != null) {
      return killed;
    }
    Optional<Lack> lack = Lack.in(said.stderr() + "\n" + said.stdout());
    return lack.map(l -> Judged.undetermined(rung, l.words(step))).orElse(null);
  }
}
