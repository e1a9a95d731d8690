package io.drillyard.scenario.step;

import io.drillyard.check.HandoverIsProved;
import io.drillyard.check.HandoverProof;
import io.drillyard.cluster.BoundedWait;
import io.drillyard.cluster.Cluster;
import io.drillyard.cluster.ClusterDemotion;
import io.drillyard.declaration.ClusterRef;
import io.drillyard.host.HostException;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.HandoverToken;
import io.drillyard.ledger.Ledger;
import io.drillyard.repository.RepositoryException;
import java.time.Duration;
import java.util.List;

/**
 * The cluster that is to take over proves that it holds all that the token tells; only then is the
 * one that was shut down made unable to lead, and somebody looks whether it is.
 *
 * @param from the cluster that was shut down
 * @param to the one that follows it
 * @param unreached the plan wants it not to prove the token: it is made void then, and the one that
 *     was shut down serves again
 */
public record DemoteByToken(ClusterRef from, ClusterRef to, boolean unreached) implements Step {
  /** Who has not caught up by then will not in time. */
  private static final Duration CATCH_UP = Duration.ofMinutes(1);

  /** By then every member of a healthy cluster has read its configuration again. */
  private static final Duration HEARD = Duration.ofSeconds(20);

  /** Of the longest outage that is declared so much at most is spent on waiting for the proof. */
  private static final int PART = 3;

  @Override
  public String words() {
    return unreached
        ? "%s does not prove the token in time: it is made void, and %s serves again"
            .formatted(to.words(), from.words())
        : "%s proves the token; then %s is made a standby cluster of it, and its repository account is revoked"
            .formatted(to.words(), from.words());
  }

  @Override
  public List<ClusterRef> clusters() {
    return List.of(from, to);
  }

  @Override
  public Duration limit() {
    return Duration.ofMinutes(3);
  }

  /** The token of the hand-over that is under way. */
  static HandoverToken token(DrillStage stage) {
    HandoverToken token = stage.token();
    if (token == null) {
      throw new HostException("no token was taken: nobody hands over");
    }
    return token;
  }

  @Override
  public void run(DrillStage stage) {
    Cluster old = stage.cluster(from);
    Cluster next = stage.cluster(to);
    HandoverToken token = token(stage);
    if (next.plan().byArchive()) {
      ShutdownSegment.listArchived(stage, token, old);
    }
    Duration part = stage.objective().rto().dividedBy(PART);
    boolean proved =
        BoundedWait.quietly(
            part.compareTo(CATCH_UP) < 0 ? part : CATCH_UP,
            () -> HandoverProof.unproved(token, TokenProof.look(stage, token, next)).isEmpty());
    if (!proved) {
      TakeBackHandover.takeBack(stage, from);
      if (!unreached) {
        OpenRoute.open(stage, old);
        throw new HostException(
            "%s did not prove token %s in time: the hand-over is taken back"
                .formatted(next.scope(), token.id()));
      }
      return;
    }
    if (unreached) {
      throw new HostException(
          "%s was not to prove the token, and did: nobody is promoted".formatted(next.scope()));
    }
    try {
      demote(stage, token, old, next);
    } catch (HostException | RepositoryException e) {
      // Whatever went wrong: nothing was spent, and nobody may be left locked out.
      TakeBackHandover.takeBack(stage, from);
      OpenRoute.open(stage, old);
      throw e;
    }
    stage.demoted();
  }

  private static void demote(DrillStage stage, HandoverToken token, Cluster old, Cluster next) {
    Ledger ledger = stage.ledger();
    long start = ledger.now();
    ClusterDemotion demotion = new ClusterDemotion(old);
    demotion.follow(next);
    // Every member's Patroni hears of it by itself, with its next look at the DCS.
    BoundedWait.quietly(HEARD, () -> demotion.able().isEmpty());
    boolean pushed = next.plan().byArchive() && ShutdownSegment.push(stage, demotion, old);
    stage.store().revoke(old.plan().account());
    ledger.append(
        new Event.Action(
            ledger.since(start),
            OperatorActions.OPERATOR,
            "demote",
            old.scope(),
            "it follows %s when it starts; account '%s' revoked"
                .formatted(next.scope(), old.plan().account())));
    long looked = ledger.now();
    List<String> why = demotion.couldLead();
    if (next.plan().byArchive() && !pushed) {
      why.add("its last segment could not be archived, for it was able to lead");
    }
    if (stage.repository().admits(stage.credentials(old))) {
      why.add("the repository still admits its account");
    }
    ledger.append(
        new Event.Action(
            ledger.since(looked),
            "harness",
            why.isEmpty() ? HandoverIsProved.DEMOTED : HandoverIsProved.ABLE,
            old.scope(),
            why.isEmpty()
                ? "no PostgreSQL of it runs, every Patroni of it says that it follows, and its account is denied"
                : String.join("; ", why)));
    if (!why.isEmpty()) {
      throw new HostException(
          "%s could still lead, and the hand-over is taken back: %s"
              .formatted(old.scope(), why.getFirst()));
    }
    if (pushed && !ShutdownSegment.awaitReplayed(token, next)) {
      throw new HostException(
          "%s did not replay the shutdown of %s, and the hand-over is taken back"
              .formatted(next.scope(), old.scope()));
    }
  }
}
