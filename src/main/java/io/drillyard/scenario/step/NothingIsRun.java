package io.drillyard.scenario.step;

import io.drillyard.check.OrdersWereApproved;
import io.drillyard.cluster.Cluster;
import io.drillyard.host.Host;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.PacedWait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at hosts' command logs whether anything was run after an order had been refused. */
final class NothingIsRun {
  /** Whoever would carry something out all the same has begun by then. */
  private static final Duration AFTERWARDS = Duration.ofSeconds(2);

  private final DrillStage stage;
  private final Map<Host, Long> before = new LinkedHashMap<>();
  private final long startNs;

  private NothingIsRun(DrillStage stage, List<Cluster> clusters) {
    this.stage = stage;
    this.startNs = stage.ledger().now();
    for (Cluster cluster : clusters) {
      cluster.members().forEach(h -> before.put(h, h.commands().count()));
      cluster.etcd().hosts().forEach(h -> before.put(h, h.commands().count()));
    }
  }

  /** From now on, on all hosts of these clusters; before the order is answered. */
  static NothingIsRun on(DrillStage stage, List<Cluster> clusters) {
    return new NothingIsRun(stage, clusters);
  }

  /** Waits a little, looks, and writes down what was seen since. */
  void look(Cluster candidate) throws InterruptedException {
    PacedWait.pause(AFTERWARDS);
    List<String> run = new ArrayList<>();
    before.forEach(
        (host, count) ->
            host.commands().since(count).forEach(words -> run.add(host.name() + ": " + words)));
    stage
        .ledger()
        .append(
            new Event.Action(
                stage.ledger().since(startNs),
                "harness",
                run.isEmpty()
                    ? OrdersWereApproved.NOTHING_RUN
                    : OrdersWereApproved.RUN_ALL_THE_SAME,
                candidate.scope(),
                run.isEmpty()
                    ? "no command was run on %d hosts after the order".formatted(before.size())
                    : String.join("; ", run)));
  }
}
