package io.drillyard.bench;

import io.drillyard.host.lab.LabEntryPoint;
import io.drillyard.ledger.MemoryLedger;
import io.drillyard.play.BenchSystem;
import io.drillyard.workload.Workload;
import java.time.Duration;
import java.util.List;

/** What being watched does to the writes of clients. */
public final class ProbesInLab implements LabEntryPoint {
  private static final double WRITES_PER_SECOND = 500;

  @Override
  public int run(Inside inside, List<String> arguments) throws Exception {
    try (BenchSystem system = BenchSystem.open(inside, "onprem-async", new MemoryLedger())) {
      system.build();
      Latencies latencies = new Latencies();
      Workload load = system.load(latencies, WRITES_PER_SECOND);
      new SideBySide(latencies, () -> system.probes(new MemoryLedger())).run();
      load.stop(Duration.ofSeconds(5));
    }
    return 0;
  }
}
