package io.drillyard.restore.play;

import io.drillyard.check.Finding;
import io.drillyard.check.backup.Judged;
import io.drillyard.check.backup.Rung;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What it means that a store did not answer. It is the store's fault only where another endpoint
 * answered meanwhile; else it may as well be our own network's.
 *
 * @param control what answers beside the store, in words; empty: none is declared
 * @param answers whether it did just now; empty: none is declared
 */
record Silence(String control, Supplier<Optional<Boolean>> answers) {
  /**
   * What pgBackRest says when nobody answered it (its HostConnectError, ServiceError and
   * time-outs).
   */
  private static final Pattern UNANSWERED =
      Pattern.compile(
          "\\[049\\]|unable to connect to|unable to get address|timeout connecting|unexpected eof while reading|Connection (?:refused|reset)|No route to host|Network is unreachable");

  /** True when a tool's words say that nobody answered it. */
  static boolean in(String said) {
    return UNANSWERED.matcher(said).find();
  }

  /**
   * Judges it.
   *
   * @param words what was tried, and how it failed
   */
  Finding judge(Rung rung, String words) {
    Optional<Boolean> answered = answers.get();
    if (answered.isEmpty()) {
      return Judged.undetermined(
          rung,
          words
              + ". Whether the store is silent or the network here, nobody can tell: no control endpoint is declared. Remedy: write one under 'control' in the repository's file, an address that has nothing to do with the store.");
    }
    return answered.get()
        ? Judged.missed(
            rung,
            words + ". Meanwhile " + control + " answered: it is the store that is silent.",
            List.of())
        : Judged.undetermined(
            rung,
            words
                + ". "
                + control
                + " does not answer either: it is the network here. Remedy: see to it, and test again.");
  }
}
