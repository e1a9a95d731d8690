package io.drillyard.scenario.step;

import io.drillyard.check.GateWasRight;
import io.drillyard.cluster.Cluster;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.host.HostException;
import io.drillyard.ledger.HandoverToken;
import io.drillyard.ledger.Ledger;
import io.drillyard.ledger.TokenDecided;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * The token is marked as spent, by an object that can be made only once: from here there is no way
 * back. Then the gate is asked, with the token's proof and the other side's state looked at anew,
 * and the cluster that followed is promoted.
 *
 * @param from the cluster that was shut down
 * @param to the one that takes over
 */
public record PromoteByToken(ClusterRef from, ClusterRef to) implements Step {
  /** Where decisions lie in the repository. */
  static final String FOLDER = "drillyard/handover/";

  @Override
  public String words() {
    return "the token is marked as spent; %s, an operator approves; %s is promoted, and archives to its own path"
        .formatted(GateWasRight.PLANNED, to.words());
  }

  @Override
  public List<ClusterRef> clusters() {
    return List.of(from, to);
  }

  @Override
  public Duration limit() {
    return Duration.ofMinutes(4);
  }

  @Override
  public void run(DrillStage stage) {
    Cluster old = stage.cluster(from);
    Cluster next = stage.cluster(to);
    HandoverToken token = DemoteByToken.token(stage);
    decide(stage, token, TokenDecided.SPENT);
    PromotionOrder.ask(stage, next, old, null);
    PromotionOrder.promote(
        stage, next, "%s is to take over from %s by token".formatted(next.scope(), old.scope()));
  }

  /** Whoever makes the object first decides; a repository that cannot be asked decides nothing. */
  private static void decide(DrillStage stage, HandoverToken token, String decision) {
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
