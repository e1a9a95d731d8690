package io.drillyard.scenario.step;

import io.drillyard.check.PromotionGate;
import io.drillyard.cluster.Cluster;
import io.drillyard.host.HostException;
import io.drillyard.ledger.GateAsked;
import io.drillyard.ledger.GateConsulted;
import io.drillyard.ledger.Ledger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the gate for somebody who orders nothing by it: it looks, and says what it saw. */
public final class GateConsultation {
  private GateConsultation() {}

  /**
   * Puts the answer on the ledger. Whoever cannot look answers, too: that nobody can say.
   *
   * @param id of the question
   * @param candidate name or scope of the cluster that would be promoted; null: the only one that
   *     does not serve
   * @param other name or scope of the one that it would take over from; null: the one that serves
   */
  public static void answer(
      DrillStage stage, String id, @Nullable String candidate, @Nullable String other) {
    Ledger ledger = stage.ledger();
    long start = ledger.now();
    Double rpoMs = stage.objective().rpo().ms();
    Cluster promoted = null;
    Cluster former = null;
    GateAsked.Look look = null;
    PromotionGate.Result result;
    try {
      former = other == null ? stage.serving() : named(stage, other);
      promoted = candidate == null ? onlyOther(stage, former) : named(stage, candidate);
      if (former != stage.serving()) {
        throw new HostException(
            "'%s' serves now: nothing is known to take over from '%s'"
                .formatted(stage.serving().scope(), former.scope()));
      }
      if (promoted == former) {
        throw new HostException("'%s' cannot take over from itself".formatted(former.scope()));
      }
      look = PromotionGateReader.consulted(stage, promoted, former).look();
      result = PromotionGate.ask(look, rpoMs);
    } catch (RuntimeException e) {
      // Whatever went wrong: whoever asks is told that nobody can say, and the drill goes on.
      result =
          new PromotionGate.Result(
              PromotionGate.Answer.NO_ANSWER, null, List.of(String.valueOf(e.getMessage())));
    }
    ledger.append(
        new GateConsulted(
            ledger.since(start),
            id,
            promoted == null ? "" : promoted.scope(),
            former == null ? "" : former.scope(),
            look,
            rpoMs,
            result.answer().word(),
            result.lossUpperMs(),
            result.reasons()));
  }

  private static Cluster named(DrillStage stage, String name) {
    return stage.clusters().stream()
        .filter(c -> c.plan().name().equals(name) || c.scope().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new HostException(
                    "there is no cluster '%s' here: %s".formatted(name, names(stage.clusters()))));
  }

  private static Cluster onlyOther(DrillStage stage, Cluster former) {
    List<Cluster> others = stage.clusters().stream().filter(c -> c != former).toList();
    if (others.size() != 1) {
      throw new HostException(
          others.isEmpty()
              ? "there is no other cluster than '%s': nothing could be promoted"
                  .formatted(former.scope())
              : "several clusters could take over, name one: " + names(others));
    }
    return others.getFirst();
  }

  private static String names(List<Cluster> clusters) {
    return String.join(", ", clusters.stream().map(c -> c.plan().name()).toList());
  }
}
