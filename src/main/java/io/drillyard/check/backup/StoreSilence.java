package io.drillyard.check.backup;

import io.drillyard.check.Finding;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What it means that a store did not answer. It is the store's fault only where another endpoint
 * answered meanwhile; else it may as well be our own network's.
 *
 * @param control what was asked beside the store, in words; empty: none is declared
 * @param answered whether it did just then; null: none is declared
 */
public record StoreSilence(String control, @Nullable Boolean answered) {
  /**
   * What pgBackRest says when nobody answered it (its HostConnectError, ServiceError and
   * time-outs).
   */
  private static final Pattern UNANSWERED =
      Pattern.compile(
          "\\[049\\]|unable to connect to|unable to get address|timeout connecting|unexpected eof while reading|Connection (?:refused|reset)|No route to host|Network is unreachable");

  /** True when a tool's words say that nobody answered it. */
  public static boolean in(String said) {
    return UNANSWERED.matcher(said).find();
  }

  /**
   * Judges it.
   *
   * @param words what was tried, and how it failed
   */
  Finding judge(Rung rung, String words) {
    if (answered == null) {
      return RungFindings.undetermined(
          rung,
          words
              + ". Whether the store is silent or the network here, nobody can tell: no control endpoint is declared. Remedy: write one under 'control' in the repository's file, an address that has nothing to do with the store.");
    }
    return answered
        ? RungFindings.missed(
            rung,
            words + ". Meanwhile " + control + " answered: it is the store that is silent.",
            List.of())
        : RungFindings.undetermined(
            rung,
            words
                + ". "
                + control
                + " does not answer either: it is the network here. Remedy: see to it, and test again.");
  }
}
