package io.drillyard.scenario.step;

import io.drillyard.fault.act.FaultTargetHosts;
import io.drillyard.fault.act.Reachability;
import io.drillyard.ledger.Event;
import java.util.List;

/** Who reaches whom, measured around a fault of the network and written down. */
final class ReachabilityMatrix {
  private ReachabilityMatrix() {}

  /** Tries every path of the cluster once. */
  static void measure(DrillStage stage, FaultTargetHosts parts, String moment, String fault) {
    long start = stage.ledger().now();
    List<Event.Reached> paths = Reachability.measure(Reachability.all(parts));
    stage
        .ledger()
        .append(new Event.Reachability(stage.ledger().since(start), moment, fault, paths));
  }
}
