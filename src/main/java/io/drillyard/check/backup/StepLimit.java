package io.drillyard.check.backup;

import io.drillyard.check.Finding;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a step stood to the limit of the whole test when it had ended; and which of a step's failures
 * lie on our side: those leave a rung undecided, and say nothing of the data.
 *
 * @param over true when the whole test had taken longer than it may
 * @param whole how long it may take, in words
 */
public record StepLimit(boolean over, String whole) {
  /**
   * Of a step that was cut off.
   *
   * @param step a noun with its article
   */
  Finding reached(Rung rung, String step) {
    return RungFindings.undetermined(
        rung,
        "%s ended at its limit: the whole test's is %s, and that was over. What it had not come to is not known. Remedy: a longer 'limit' in the policy, or none: then it follows from the size."
            .formatted(step, whole));
  }

  /** Of a step that was killed; null: it was not. */
  @Nullable Finding killed(Rung rung, String step, ProgramOutput said) {
    if (!said.killed()) {
      return null;
    }
    return over
        ? reached(rung, step)
        : RungFindings.undetermined(
            rung, step + " was killed before its end, and not by its limit: is memory short here?");
  }

  /**
   * How a step of pgBackRest's that reads the store failed; null: it did not.
   *
   * @param step a noun with its article
   * @param program with its command
   * @param silence what else was asked when the store gave no answer; null: it gave one
   */
  @Nullable Finding failed(
      Rung rung, String step, String program, ProgramOutput said, @Nullable StoreSilence silence) {
    Finding own = ours(rung, step, said);
    if (own != null || said.ok()) {
      return own;
    }
    return silence != null
        ? silence.judge(rung, "%s got no answer: %s".formatted(program, said.lastError()))
        : RungFindings.missed(
            rung,
            "%s ended with status %d: %s".formatted(program, said.exit(), said.lastError()),
            said.tail());
  }

  /** What of a failed step lies on our side; null: nothing that is known, so it is the data's. */
  @Nullable Finding ours(Rung rung, String step, ProgramOutput said) {
    if (said.ok()) {
      return null;
    }
    Finding killed = killed(rung, step, said);
    if (killed != null) {
      return killed;
    }
    Optional<SandboxShortage> lack = SandboxShortage.in(said.stderr() + "\n" + said.stdout());
    return lack.map(l -> RungFindings.undetermined(rung, l.words(step))).orElse(null);
  }
}
