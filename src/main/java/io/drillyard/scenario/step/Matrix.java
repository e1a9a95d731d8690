package io.drillyard.scenario.step;

import io.drillyard.fault.act.Parts;
import io.drillyard.fault.act.Reachability;
import io.drillyard.ledger.Event;
import java.util.List;

/** Who reaches whom, measured around a fault of the network and written down. */
final class Matrix {
  private Matrix() {}

  /** Tries every path of the cluster once. */
  static void measure(Stage stage, Parts parts, String moment, String fault) {
    long start = stage.ledger().now();
    List<Event.Reached> paths = Reachability.measure(Reachability.all(parts));
    stage
        .ledger()
        .append(new Event.Reachability(stage.ledger().since(start), moment, fault, paths));
  }
}
