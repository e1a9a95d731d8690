package io.drillyard.play.restore;

import io.drillyard.check.backup.StoreSilence;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whom to ask when a store does not answer.
 *
 * @param control what answers beside the store, in words; empty: none is declared
 * @param answers whether it did just now; empty: none is declared
 */
record StoreSilenceCheck(String control, Supplier<Optional<Boolean>> answers) {
  /** Asks. */
  StoreSilence ask() {
    return new StoreSilence(control, answers.get().orElse(null));
  }
}
