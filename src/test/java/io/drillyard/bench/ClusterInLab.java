package io.drillyard.bench;

import io.drillyard.host.lab.LabEntryPoint;
import io.drillyard.ledger.Event;
import io.drillyard.ledger.MemoryLedger;
import io.drillyard.play.BenchSystem;
import java.util.List;

/**
 * From nothing to the first full backup, again and again in one JVM. All times count from the
 * moment when the hosts begin to start.
 */
public final class ClusterInLab implements LabEntryPoint {
  private static final int DROPPED = 1;
  private static final int COUNTED = 5;

  @Override
  public int run(Inside inside, List<String> arguments) throws Exception {
    for (int round = 0; round < DROPPED + COUNTED; round++) {
      MemoryLedger ledger = new MemoryLedger();
      try (BenchSystem system = BenchSystem.open(inside, "onprem-async", ledger);
          FirstWrite first = FirstWrite.await(system)) {
        system.build();
        String prefix = round < DROPPED ? "dropped " : "";
        Told.tell(prefix + "first write", first.secondsSince(system.startNanoTime()));
        for (Event.Action built : ledger.events(Event.Action.class)) {
          Told.tell(prefix + built.detail(), built.at().endNs() / 1e9);
        }
      }
    }
    return 0;
  }
}
