package io.drillyard.scenario.step;

import io.drillyard.host.HostException;
import io.drillyard.ledger.HandoverToken;
import io.drillyard.ledger.Ledger;
import io.drillyard.ledger.TokenDecided;
import io.drillyard.repository.RepositoryException;
import java.nio.charset.StandardCharsets;

/** What becomes of a token, by an object in the repository that can be made only once. */
final class TokenDecision {
  /** Where decisions lie. */
  private static final String FOLDER = "drillyard/handover/";

  private TokenDecision() {}

  /** True where it is spent, by what the repository holds. */
  static boolean spent(DrillStage stage, HandoverToken token) {
    try {
      return new String(stage.repository().read(FOLDER + token.id()), StandardCharsets.UTF_8)
          .strip()
          .equals(TokenDecided.SPENT);
    } catch (RepositoryException e) {
      return false;
    }
  }

  /**
   * Returns when the token is that, by this very try.
   *
   * @param decision {@link TokenDecided#SPENT} or {@link TokenDecided#VOID}
   * @throws HostException when others had decided
   * @throws io.drillyard.repository.RepositoryException when the repository does not answer: then
   *     nothing is known to be decided, and nobody may go on
   */
  static void decide(DrillStage stage, HandoverToken token, String decision) {
    Ledger ledger = stage.ledger();
    long start = ledger.now();
    String key = FOLDER + token.id();
    boolean created =
        stage.repository().create(key, (decision + "\n").getBytes(StandardCharsets.UTF_8));
    ledger.append(new TokenDecided(ledger.since(start), token.id(), decision, key, created));
    if (!created) {
      throw new HostException(
          "token %s is not %s: others had decided".formatted(token.id(), decision));
    }
  }
}
